import type { EngineKind } from './engines/engine-kind.js';
import type { InferenceError } from './inference-error.js';

/** Which engine runs a service's network, and why. */
export interface Decision {
  /** Null before the first start, and after a failure. */
  readonly engine: EngineKind | null;
  /** Engines that were tried and ruled out, in that order, with the reason. */
  readonly givenUp: readonly { readonly engine: EngineKind; readonly error: InferenceError }[];
  /** Median latency of one image on WebGPU in milliseconds, once measured. */
  readonly webgpuLatency: number | null;
}
