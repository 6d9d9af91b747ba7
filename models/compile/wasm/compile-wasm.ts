/** ONNX in, WASM program out. */
import type { GoldenAnswer } from '../../../src/model/golden-input.js';
import { PROGRAM_VERSION } from '../../../src/model/wasm-program-format.js';
import { goldenInput } from '../../../src/model/golden-input.js';
import { withOutput, type OnnxModel } from '../onnx.js';
import type { Weights } from '../weights.js';
import { assemble } from './assemble/assemble.js';
import { readLayers, type Layer } from './assemble/layers.js';
import { learnOrders } from './assemble/learn-order.js';
import { checkProgram } from './check.js';
import { describe } from './describe.js';
import { startStockModel } from './stock.js';

const GOLDEN_SEEDS = [1, 2];

/** A compiled model. */
export interface CompiledModel {
  readonly program: Uint8Array<ArrayBuffer>;
  /** Some answers of stock ONNX Runtime. */
  readonly golden: readonly GoldenAnswer[];
}

/**
 * Compiles a model, and checks the result.
 * @param file the ONNX model
 * @throws {UnknownLayerError} where the model is no chain of layers for which there are kernels
 * @throws {Error} where ONNX Runtime refuses the model, or the program fails a test
 */
export async function compileWasm(file: Uint8Array, model: OnnxModel, weights: Weights): Promise<CompiledModel> {
  const layers = readLayers(model, weights.tensors, file);
  const stock = await startStockModel(file, model);
  const sample = goldenInput(stock.inputLength, GOLDEN_SEEDS[0]);
  const ordered = await learnOrders(layers, sample, (layer) =>
    layer.name === model.output.name ? stock.infer(sample) : ask(file, model, layer, sample),
  );
  const program = assemble(ordered, file.length);
  await checkProgram(program, weights, (input) => stock.infer(input));
  const golden: GoldenAnswer[] = [];
  for (const seed of GOLDEN_SEEDS) {
    golden.push({ seed, output: [...(await stock.infer(goldenInput(stock.inputLength, seed)))] });
  }
  await stock.release();
  const { input, output, content } = program;
  const description = { version: PROGRAM_VERSION, model: content.model, input, output, golden } as const;
  return { program: describe(program.module, description), golden };
}

/** What stock ONNX Runtime gives after a layer that is not the last. */
async function ask(file: Uint8Array, model: OnnxModel, { name }: Layer, input: Float32Array): Promise<Float32Array> {
  const stock = await startStockModel(withOutput(file, name), { ...model, output: { ...model.output, name } });
  const value = await stock.infer(input);
  await stock.release();
  return value;
}
