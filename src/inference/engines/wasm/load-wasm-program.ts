import { loadAsset } from '../../files/load-asset.js';
import type { Engine, EngineOptions } from '../engine.js';
import { decodeHex } from './decode-hex.js';
import { prepareWasmProgram, startWasmProgram } from './wasm-program.js';

/**
 * Fetches a model while preparing its program, and starts the program.
 * @param program returns it in hexadecimal
 * @throws {InferenceError} `program`, or as `download` does
 */
export async function loadWasmProgram(
  program: () => string | Promise<string>,
  options: EngineOptions,
): Promise<Engine> {
  const prepare = async (): ReturnType<typeof prepareWasmProgram> => prepareWasmProgram(decodeHex(await program()));
  const [model, prepared] = await Promise.all([
    loadAsset(options.model.asset, options).then((file) => file.bytes()),
    prepare(),
  ]);
  return startWasmProgram(prepared, model);
}
