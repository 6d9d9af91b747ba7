/** If there are more values, only a sample is used. */
const MAX_SAMPLE = 2 ** 15;

/** Returns an evenly spaced sample of the values, small enough for repeated passes; all values if there are no more. */
export function sampleOf<Values extends Float32Array | Int32Array>(values: Values): Values {
  const stride = Math.ceil(values.length / MAX_SAMPLE);
  if (stride <= 1) return values;
  const sample = values.slice(0, Math.ceil(values.length / stride)) as Values;
  for (let to = 0; to < sample.length; to++) sample[to] = values[to * stride];
  return sample;
}

/** Mask of the lowest eleven bits. */
const PATTERN_MASK = 2 ** 11 - 1;

/** Returns a quantile of nonnegative values: the value below which a share (0..1) of them lies; 0 without values. */
export function quantile(values: Float32Array | Int32Array, share: number): number {
  const sample = sampleOf(values);
  if (sample.length === 0) return 0;
  // Radix selection: counts the patterns of the highest bits, then of the next bits among the values with the pattern
  // of the quantile. Nonnegative floating-point numbers (IEEE 754) are ordered like their bits as integers.
  let remaining = new Int32Array(sample.buffer, sample.byteOffset, sample.length);
  let rank = Math.min(sample.length - 1, Math.floor(share * sample.length));
  for (const low of [21, 10, 0]) {
    const counts = new Int32Array(PATTERN_MASK + 1);
    for (let at = 0; at < remaining.length; at++) counts[(remaining[at] >>> low) & PATTERN_MASK] += 1;
    let pattern = 0;
    while (rank >= counts[pattern]) rank -= counts[pattern++];
    const found = new Int32Array(counts[pattern]);
    for (let at = 0, to = 0; to < found.length; at++) {
      // Without a branch in optimized code, which could not be predicted.
      found[to] = remaining[at];
      to += ((remaining[at] >>> low) & PATTERN_MASK) === pattern ? 1 : 0;
    }
    remaining = found;
  }
  // All remaining values are equal.
  return values instanceof Float32Array ? new Float32Array(remaining.buffer)[0] : remaining[0];
}

/** Returns the values above a threshold, in order. */
export function above(values: Float32Array, threshold: number): Float32Array {
  const found = new Float32Array(values.length);
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at] > threshold) found[count++] = values[at];
  return found.subarray(0, count);
}
