import type { Backend } from '../../backend.js';
import type { InferenceErrorCode } from '../../inference-error.js';
import type { Outputs } from '../engine.js';

/** The commands that the page sends to the worker, with their parameters and results. */
export interface Commands {
  /** Requests a WebGPU adapter and device before anything large is downloaded. */
  prepareDevice: { parameters: DeviceRequest; result: null };
  /** Starts ONNX Runtime, loads the model and runs it once. */
  start: { parameters: StartParameters; result: null };
  /** Runs the model. */
  run: { parameters: RunParameters; result: Outputs };
}

export interface DeviceRequest {
  /** Whether a software adapter is acceptable. */
  acceptFallbackAdapter: boolean;
}

export interface StartParameters {
  backend: Backend;
  /** ONNX Runtime's WebAssembly. */
  wasm: Blob;
  model: Blob;
  /** Names of the tensors for images and logits; `null`: the model's first. */
  input: string | null;
  output: string | null;
}

export interface RunParameters {
  /** `count * 784` values. */
  images: Float32Array<ArrayBuffer>;
  count: number;
  /** Names of the requested outputs. */
  outputs: readonly string[];
}

/** From the page to the worker. */
export type Request = {
  [Name in keyof Commands]: { id: number; command: Name; parameters: Commands[Name]['parameters'] };
}[keyof Commands];

/** A serialized InferenceError: structured cloning would drop its code. */
export interface Failure {
  code: InferenceErrorCode;
  message: string;
}

/** From the worker to the page: the answer to a request, or the loss of the GPU device. */
export type Message =
  | { type: 'result'; id: number; result: Commands[keyof Commands]['result'] }
  | { type: 'failure'; id: number; failure: Failure }
  | { type: 'lost'; failure: Failure };
