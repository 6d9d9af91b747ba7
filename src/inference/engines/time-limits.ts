/** Timeouts of an engine outside of the page's thread, in milliseconds. */
export interface TimeLimits {
  /** For getting a WebGPU adapter and device; a driver may never answer. */
  prepareDevice: number;
  /** For starting the engine and running the model once, after the files have loaded. */
  start: number;
  /** For a run, plus an amount per image: the first run on WebGPU compiles shaders. */
  run: number;
  runPerImage: number;
}

export const timeLimits: TimeLimits = { prepareDevice: 10_000, start: 60_000, run: 10_000, runPerImage: 500 };
