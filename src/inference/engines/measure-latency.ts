import { IMAGE_LENGTH } from '../../model/index.js';
import type { Engine } from './engine.js';

const RUNS = 5;

/**
 * Measures how long a warm engine takes for one image.
 * @returns the median of five runs, in milliseconds
 * @throws {InferenceError} as `run` does
 */
export async function measureLatency(engine: Engine): Promise<number> {
  const image = new Float32Array(IMAGE_LENGTH);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await engine.run(image, 1);
    times.push(performance.now() - start);
  }
  // The first run warms the engine up.
  return times.slice(1).sort((one, other) => one - other)[(RUNS - 1) / 2];
}
