/** ONNX in, WASM program out: the steps in their order. */
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
 * Compiles a model, and checks the result.
 * @param file the ONNX model
 * @throws {Error} where the model cannot be compiled, or the program fails a test
 */
export async function compileWasm(file: Uint8Array, model: OnnxModel, weights: Weights): Promise<Uint8Array> {
  const snapshot = await capture(file, model);
  const traced = trace(snapshot, goldenInput(snapshot.input.length, GOLDEN_SEEDS[0]));
  const content = prune(snapshot, traced, weights);
  const program = emit(snapshot, traced, content);
  checkProgram(program, snapshot, content, weights);
  return describe(program, {
    version: PROGRAM_VERSION,
    input: snapshot.input,
    output: snapshot.output,
    weights: content.weights,
    golden: GOLDEN_SEEDS.map((seed) => ({
      seed,
      output: [...snapshot.infer(goldenInput(snapshot.input.length, seed))],
    })),
  });
}
