/** Of more values than this only some, from all over, are looked at. */
const MOST_VALUES = 2 ** 15;

/** Some of the values, from all over, few enough to look at them again and again; all where there are no more. */
function sampleOf<Values extends Float32Array | Int32Array>(values: Values): Values {
  const stride = Math.ceil(values.length / MOST_VALUES);
  if (stride <= 1) return values;
  const sample = values.slice(0, Math.ceil(values.length / stride)) as Values;
  for (let to = 0; to < sample.length; to++) sample[to] = values[to * stride];
  return sample;
}

/** The eleven lowest bits. */
const PATTERN = 2 ** 11 - 1;

/** The value below which a share (0..1) of all values, none below 0, lies; 0 where there are none. */
export function quantile(values: Float32Array | Int32Array, share: number): number {
  const sample = sampleOf(values);
  if (sample.length === 0) return 0;
  // Radix selection: how often each pattern of the highest bits occurs, then of the next ones among the values with the
  // pattern that was found. Numbers in order have their bits in order, floating-point numbers (IEEE 754) as well.
  let rest = new Int32Array(sample.buffer, sample.byteOffset, sample.length);
  let rank = Math.min(sample.length - 1, Math.floor(share * sample.length));
  for (const low of [21, 10, 0]) {
    const counts = new Int32Array(PATTERN + 1);
    for (let at = 0; at < rest.length; at++) counts[(rest[at] >>> low) & PATTERN] += 1;
    let pattern = 0;
    while (rank >= counts[pattern]) rank -= counts[pattern++];
    const found = new Int32Array(counts[pattern]);
    for (let at = 0, to = 0; to < found.length; at++) {
      if (((rest[at] >>> low) & PATTERN) === pattern) found[to++] = rest[at];
    }
    rest = found;
  }
  // All that are left are equal.
  return values instanceof Float32Array ? new Float32Array(rest.buffer)[0] : rest[0];
}

/** The values that are above one, in their order. */
export function above(values: Float32Array, least: number): Float32Array {
  const found = new Float32Array(values.length);
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at] > least) found[count++] = values[at];
  return found.subarray(0, count);
}
