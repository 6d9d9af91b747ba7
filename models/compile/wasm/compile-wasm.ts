/** Compiles an ONNX model to a WASM program. */
import type { GoldenAnswer } from '../../../src/model/golden-input.js';
import { PROGRAM_VERSION, type WasmProgramDescription } from '../../../src/model/wasm-program-format.js';
import { goldenInput } from '../../../src/model/golden-input.js';
import { withOutput, type OnnxModel } from '../onnx.js';
import type { Weights } from '../weights.js';
import { assemble } from './assemble/assemble.js';
import { readLayers } from './assemble/layers.js';
import { learnOrders } from './assemble/learn-order.js';
import { checkProgram } from './check.js';
import { describe } from './describe.js';
import { startStockModel } from './stock.js';

const GOLDEN_SEEDS = [1, 2];

/** A compiled model. */
export interface CompiledModel {
  readonly program: Uint8Array<ArrayBuffer>;
  readonly outputs: WasmProgramDescription['outputs'];
  /** Answers of stock ONNX Runtime, for self-tests. */
  readonly golden: readonly GoldenAnswer[];
}

/**
 * Compiles a model and checks the result.
 * @param file the ONNX model
 * @throws {UnsupportedLayerError} if the model is not a chain of layers for which there are kernels
 * @throws {Error} if ONNX Runtime rejects the model, or the program fails a test
 */
export async function compileWasm(file: Uint8Array, model: OnnxModel, weights: Weights): Promise<CompiledModel> {
  const { layers, outputs } = readLayers(model, weights.tensors, file);
  const stock = await startStockModel(file, model);
  const sample = goldenInput(stock.inputLength, GOLDEN_SEEDS[0]);
  const known = await stock.infer(sample);
  const ordered = await learnOrders(
    layers,
    sample,
    async ({ name }) => known.get(name) ?? (await computeValue(file, model, name, sample)),
  );
  const program = assemble(ordered, outputs, file.length);
  await checkProgram(program, weights, (input) => stock.infer(input));
  const golden: GoldenAnswer[] = [];
  for (const seed of GOLDEN_SEEDS) {
    const answer = await stock.infer(goldenInput(stock.inputLength, seed));
    golden.push({ seed, output: [...answer.get(model.outputs[0])!].map(shortest) });
  }
  await stock.release();
  const { input, content } = program;
  const description = {
    version: PROGRAM_VERSION,
    model: content.model,
    input,
    outputs: program.outputs,
    golden,
  } as const;
  return { program: describe(program.module, description), outputs: program.outputs, golden };
}

/** Returns the shortest decimal that rounds to this float32: nine digits always suffice. */
function shortest(value: number): number {
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find((count) => Math.fround(Number(value.toPrecision(count))) === value);
  return Number(value.toPrecision(digits ?? 9));
}

/** Computes an intermediate value with stock ONNX Runtime. */
async function computeValue(file: Uint8Array, model: OnnxModel, name: string, input: Float32Array) {
  const stock = await startStockModel(withOutput(file, name), { ...model, outputs: [name] });
  const values = await stock.infer(input);
  await stock.release();
  return values.get(name)!;
}
