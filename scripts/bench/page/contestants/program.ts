import { prepareWasmProgram, startWasmProgram } from '../../../../src/inference/engines/wasm/wasm-program.js';
import { load, type Run } from '../load.js';

/** The package's engine, without its service. */
export async function startProgram(): Promise<Run> {
  const [program, model] = await Promise.all([load('program.wasm'), load('model.onnx')]);
  const engine = await startWasmProgram(await prepareWasmProgram(new Uint8Array(program)), model);
  return async (images, count) => (await engine.run(images, count)).logits;
}
