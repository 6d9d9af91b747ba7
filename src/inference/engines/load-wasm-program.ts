import type { Engine, EngineOptions } from './engine.js';
import { loadAsset } from './load-asset.js';
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

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  // Several times as quick as Uint8Array.from() in code that runs once.
  for (let index = 0; index < bytes.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}
