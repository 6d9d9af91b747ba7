import type { Backend } from '../../backend.js';
import type { Outputs } from '../engine.js';
import type { InferenceErrorCode } from '../../inference-error.js';

/** What the page asks of the worker: each command with its parameters and its result. */
export interface Commands {
  /** Gets a WebGPU adapter and device, before anything large is downloaded. */
  prepareDevice: { parameters: DeviceRequest; result: null };
  /** Starts ONNX Runtime, loads the model and runs it once. */
  start: { parameters: StartParameters; result: null };
  /** Runs the model. */
  run: { parameters: RunParameters; result: Outputs };
}

export interface DeviceRequest {
  /** Whether a software adapter will do. */
  acceptFallbackAdapter: boolean;
}

export interface StartParameters {
  backend: Backend;
  /** ONNX Runtime's WebAssembly. */
  wasm: Blob;
  model: Blob;
  /** Names of the tensors of pictures and logits; `null`: the model's first. */
  input: string | null;
  output: string | null;
}

export interface RunParameters {
  /** `count * 784` values. */
  images: Float32Array<ArrayBuffer>;
  count: number;
  /** Names of what is wanted. */
  outputs: readonly string[];
}

/** From the page to the worker. */
export type Request = {
  [Name in keyof Commands]: { id: number; command: Name; parameters: Commands[Name]['parameters'] };
}[keyof Commands];

/** An InferenceError on its way: structured cloning would drop its code. */
export interface Failure {
  code: InferenceErrorCode;
  message: string;
}

/** From the worker to the page: the answer to a request, or the news that the worker can answer no more. */
export type Message =
  | { type: 'result'; id: number; result: Commands[keyof Commands]['result'] }
  | { type: 'failure'; id: number; failure: Failure }
  | { type: 'lost'; failure: Failure };
