/** Of more values than this only some, from all over, are sorted. */
const MOST_VALUES = 2 ** 15;

/** The value below which a share (0..1) of all values lies; 0 where there are none. Leaves the values as they are. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const stride = Math.ceil(values.length / MOST_VALUES) || 1;
  const sorted = new Float32Array(Math.ceil(values.length / stride));
  for (let to = 0; to < sorted.length; to++) sorted[to] = values[to * stride];
  sorted.sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
