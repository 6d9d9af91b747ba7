import type { Asset } from '../asset.js';
import { describeThrown, InferenceError } from '../inference-error.js';
import type { Engine, EngineOptions } from './engine.js';
import { loadAsset } from './load-asset.js';
import { startWasmProgram } from './wasm-program.js';

/**
 * Fetches a program and its model at once, and starts it. The program is compiled as soon as it has arrived whole and
 * its checksum is right, so that neither a damaged file is run nor does it matter which MIME type the server gives it.
 * @throws {InferenceError} `program`, or as `download` does
 */
export async function loadWasmProgram(asset: Asset, options: EngineOptions): Promise<Engine> {
  const [program, model] = await Promise.all([
    loadAsset(asset, options)
      .then((file) => file.bytes())
      .then((bytes) => compile(asset, bytes)),
    loadAsset(options.model.asset, options).then((file) => file.bytes()),
  ]);
  return startWasmProgram(program, model);
}

async function compile({ url }: Asset, program: ArrayBuffer): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(program);
  } catch (cause) {
    const advice = `A Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.`;
    throw new InferenceError('program', `${url} could not be compiled: ${describeThrown(cause)}. ${advice}`, {
      url,
      cause,
    });
  }
}
