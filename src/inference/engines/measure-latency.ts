import { IMAGE_LENGTH } from '../../model/shapes.js';
import type { Engine } from './engine.js';

const RUNS = 5;

/**
 * How long an engine takes for one picture, once it is warm.
 * @returns milliseconds, the median of five runs
 * @throws {InferenceError} as `run` does
 */
export async function measureLatency(engine: Engine): Promise<number> {
  const picture = new Float32Array(IMAGE_LENGTH);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await engine.run(picture, 1);
    times.push(performance.now() - start);
  }
  // The first run is not warm.
  return times.slice(1).sort((one, other) => one - other)[(RUNS - 1) / 2];
}
