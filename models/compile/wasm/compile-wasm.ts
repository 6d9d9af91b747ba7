/** ONNX in, WASM program out. */
import type { GoldenAnswer } from '../../../src/model/golden-input.js';
import { PROGRAM_VERSION } from '../../../src/model/wasm-program-format.js';
import { goldenInput } from '../../../src/model/golden-input.js';
import { withOutput, type OnnxModel } from '../onnx.js';
import type { Weights } from '../weights.js';
import { assemble } from './assemble/assemble.js';
import { readLayers, UnknownLayerError, type Layer } from './assemble/layers.js';
import { learnOrders } from './assemble/learn-order.js';
import { capture } from './capture.js';
import { checkProgram } from './check.js';
import type { Program } from './content.js';
import { describe } from './describe.js';
import { freeze } from './freeze/freeze.js';

const GOLDEN_SEEDS = [1, 2];

/** A compiled model. */
export interface CompiledModel {
  readonly program: Uint8Array<ArrayBuffer>;
  /** Some answers of stock ONNX Runtime. */
  readonly golden: readonly GoldenAnswer[];
  /** Why the program is ONNX Runtime itself; null where it is assembled of kernels. */
  readonly frozenBecause: string | null;
}

/**
 * Compiles a model, and checks the result.
 * @param file the ONNX model
 * @throws {Error} where the model cannot be compiled, or the program fails a test
 */
export async function compileWasm(file: Uint8Array, model: OnnxModel, weights: Weights): Promise<CompiledModel> {
  const snapshot = await capture(file, model);
  const sample = goldenInput(snapshot.input.length, GOLDEN_SEEDS[0]);
  let program: Program;
  let frozenBecause: string | null = null;
  try {
    const layers = readLayers(model, weights.tensors, file);
    const ordered = await learnOrders(layers, sample, (layer) =>
      layer.name === model.output.name ? Promise.resolve(snapshot.infer(sample)) : ask(file, model, layer, sample),
    );
    program = assemble(ordered, file.length);
  } catch (error) {
    if (!(error instanceof UnknownLayerError)) throw error;
    frozenBecause = error.message;
    program = freeze(snapshot, weights, sample);
  }
  checkProgram(program, weights, (input) => snapshot.infer(input));
  const golden = GOLDEN_SEEDS.map((seed) => ({
    seed,
    output: [...snapshot.infer(goldenInput(snapshot.input.length, seed))],
  }));
  const { input, output, content } = program;
  const description = { version: PROGRAM_VERSION, model: content.model, input, output, golden } as const;
  return { program: describe(program.module, description), golden, frozenBecause };
}

/** What stock ONNX Runtime gives after a layer that is not the last. */
async function ask(file: Uint8Array, model: OnnxModel, layer: Layer, input: Float32Array): Promise<Float32Array> {
  const { name, output, kind } = layer;
  const shape = [1, output.channels, ...(kind === 'dense' ? [] : output.plane)];
  const snapshot = await capture(withOutput(file, name), { ...model, output: { name, shape } });
  return snapshot.infer(input);
}
