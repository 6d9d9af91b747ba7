/** ONNX in, WASM program out: the steps in their order. */
import type { GoldenAnswer } from '../../../src/inference/engines/engine.js';
import { PROGRAM_VERSION } from '../../../src/inference/engines/wasm-program-format.js';
import { goldenInput } from '../../../src/inference/golden-input.js';
import type { OnnxModel } from '../onnx.js';
import type { Weights } from '../weights.js';
import { capture } from './capture.js';
import { checkProgram } from './check.js';
import { describe, emit } from './emit.js';
import { findConvolutions } from './find-convolutions.js';
import { prune } from './prune.js';
import { replaceConvolutions } from './replace-convolutions.js';
import { touched, trace } from './trace.js';

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
  const sample = goldenInput(snapshot.input.length, GOLDEN_SEEDS[0]);
  const free = touched(trace(snapshot, sample));
  const faster = replaceConvolutions(snapshot, findConvolutions(snapshot, sample), free);
  const traced = trace(faster, sample);
  const content = prune(faster, traced, weights);
  const program = emit(faster, traced, content);
  checkProgram(program, snapshot, content, weights);
  const golden = GOLDEN_SEEDS.map((seed) => ({
    seed,
    output: [...snapshot.infer(goldenInput(snapshot.input.length, seed))],
  }));
  const { input, output } = snapshot;
  const description = { version: PROGRAM_VERSION, input, output, weights: content.weights, golden } as const;
  return { program: describe(program, description), golden };
}
