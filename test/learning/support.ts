import { blankPredictions } from '../../src/recognition/decode.js';
import type { Recognition } from '../../src/recognition/index.js';

/** Random numbers below 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The features of a handwriting style, each unlike the others; with a `variation` of 0.2, drawings have a cosine of
 * 0.96.
 */
export function featuresOf(way: number, variation = 0, random: () => number = Math.random): Float32Array {
  const own = randomNumbers(way + 1);
  const features = Float32Array.from({ length: 64 }, () => (own() < 0.25 ? 0.5 + own() : 0));
  return features.map((value) => Math.max(0, value + variation * (random() - 0.5) * 2));
}

/** The minimum energy of a digit. */
export const leastEnergy = 1;

/** A network's answer: null if it rejects the drawing. */
export function recognitionOf(
  digit: number | null,
  values: Float32Array,
  { confidence = 0.99, energy = digit === null ? leastEnergy - 1 : 12, model = 'a model' } = {},
): Recognition {
  const best = digit ?? 0;
  const others = blankPredictions().filter((prediction) => prediction.digit !== best);
  return {
    digit,
    reason: digit === null ? 'not-a-digit' : null,
    confidence: digit === null ? 0 : confidence,
    predictions: [
      { digit: best, probability: confidence },
      ...others.map((prediction) => ({ digit: prediction.digit, probability: (1 - confidence) / 9 })),
    ],
    energy,
    image: new Float32Array(784),
    learned: false,
    features: { model, values },
    backend: 'wasm',
    timings: { prepare: 0, infer: 0 },
  };
}
