/** ONNX in, WASM program out: the steps in their order. */
import type { GoldenAnswer } from '../../../src/inference/engines/engine.js';
import { PROGRAM_VERSION } from '../../../src/inference/engines/wasm-program-format.js';
import { goldenInput } from '../../../src/inference/golden-input.js';
import type { OnnxModel } from '../onnx.js';
import type { Weights } from '../weights.js';
import { capture } from './capture.js';
import { checkProgram } from './check.js';
import { describe, emit } from './emit.js';
import { prune } from './prune.js';
import { trace } from './trace.js';

const GOLDEN_SEEDS = [1, 2];

/**
 * Compiles a model, and checks the result; gives some known answers of stock ONNX Runtime besides.
 * @param file the ONNX model
 * @throws {Error} where the model cannot be compiled, or the program fails a test
 */
export async function compileWasm(
  file: Uint8Array,
  model: OnnxModel,
  weights: Weights,
): Promise<{ program: Uint8Array; golden: readonly GoldenAnswer[] }> {
  const snapshot = await capture(file, model);
  const traced = trace(snapshot, goldenInput(snapshot.input.length, GOLDEN_SEEDS[0]));
  const content = prune(snapshot, traced, weights);
  const program = emit(snapshot, traced, content);
  checkProgram(program, snapshot, content, weights);
  const golden = GOLDEN_SEEDS.map((seed) => ({
    seed,
    output: [...snapshot.infer(goldenInput(snapshot.input.length, seed))],
  }));
  const { input, output } = snapshot;
  const description = { version: PROGRAM_VERSION, input, output, weights: content.weights, golden } as const;
  return { program: describe(program, description), golden };
}
