import type { Backend } from '../../backend.js';
import { InferenceError } from '../../inference-error.js';
import type { Engine, EngineOptions } from '../engine.js';

/** A request to start stock ONNX Runtime. */
export interface OnnxRuntimeRequest extends EngineOptions {
  readonly backend: Backend;
  /** Whether WebGPU may run on a software adapter. */
  readonly acceptFallbackAdapter: boolean;
}

/** Starts stock ONNX Runtime. */
export type StartOnnxRuntime = (request: OnnxRuntimeRequest) => Promise<Engine>;

/** Loads the code that starts stock ONNX Runtime. */
export type LoadOnnxRuntime = () => Promise<StartOnnxRuntime>;

/** The version of onnxruntime-web that the workers were built with, which its WebAssembly must match. */
export const ONNX_RUNTIME_VERSION = '1.30.0';

let provided: LoadOnnxRuntime | null = null;

/** Plugs in stock ONNX Runtime, which is far too large to ship with the package's own code. */
export function provideOnnxRuntime(load: LoadOnnxRuntime): void {
  provided = load;
}

/**
 * Loads the plugged-in ONNX Runtime.
 * @throws {InferenceError} `onnxruntime-missing` if none was plugged in, `network` if it could not be fetched
 */
export async function loadOnnxRuntime(): Promise<StartOnnxRuntime> {
  if (!provided) {
    const message =
      'This needs stock ONNX Runtime, which has not been plugged in. ' +
      `Run \`npm install onnxruntime-web@${ONNX_RUNTIME_VERSION}\` and ` +
      "add `import 'digit-recognizer/onnxruntime';` to your code.";
    throw new InferenceError('onnxruntime-missing', message);
  }
  return provided();
}
