import { prepareWasmProgram, startWasmProgram } from '../../../../src/inference/engines/wasm/wasm-program.js';
import { load } from './contestant.js';

/** @import { Run } from './contestant.js' */

/** The product's engine itself, as its service calls it. @returns {Promise<Run>} */
export async function startProgram() {
  const [program, model] = await Promise.all([load('program.wasm'), load('model.onnx')]);
  const engine = await startWasmProgram(await prepareWasmProgram(new Uint8Array(program)), model);
  return async (images, count) => (await engine.run(images, count)).logits;
}
