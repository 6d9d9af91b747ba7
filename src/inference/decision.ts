import type { EngineKind } from './engines/engine-kind.js';
import type { InferenceError } from './inference-error.js';

/** What runs a service's network, and how that came about. */
export interface Decision {
  /** Null before anything has started, and after a failure. */
  readonly engine: EngineKind | null;
  /** Engines that were tried and given up, in that order, with the reason. */
  readonly givenUp: readonly { readonly engine: EngineKind; readonly error: InferenceError }[];
  /** Milliseconds that one picture takes on WebGPU, as the median of a few, once that has been measured. */
  readonly webgpuLatency: number | null;
}
