import { decodeBase64 } from './decode-base64.js';
import type { Engine, EngineOptions } from '../engine.js';
import { loadAsset } from '../../files/load-asset.js';
import { prepareWasmProgram, startWasmProgram } from './wasm-program.js';

/**
 * Fetches a model, prepares its program meanwhile, and starts it.
 * @param program in base64
 * @throws {InferenceError} `program`, or as `download` does
 */
export async function loadWasmProgram(program: string, options: EngineOptions): Promise<Engine> {
  const [model, prepared] = await Promise.all([
    loadAsset(options.model.asset, options).then((file) => file.bytes()),
    prepareWasmProgram(decodeBase64(program)),
  ]);
  return startWasmProgram(prepared, model);
}
