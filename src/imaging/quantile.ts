/** Of more values than this only some, from all over, are looked at. */
const MOST_VALUES = 2 ** 15;

/** Moves the values so that the one at an index is the one that sorting would put there: Hoare, "Algorithm 65: Find" (1961). */
function select(values: Float32Array, index: number): number {
  let [first, last] = [0, values.length - 1];
  while (first < last) {
    const pivot = values[(first + last) >> 1];
    let [low, high] = [first, last];
    while (low <= high) {
      while (values[low] < pivot) low += 1;
      while (values[high] > pivot) high -= 1;
      if (low > high) break;
      const value = values[low];
      values[low] = values[high];
      values[high] = value;
      low += 1;
      high -= 1;
    }
    if (index <= high) last = high;
    else if (index >= low) first = low;
    else break;
  }
  return values[index];
}

/** The value below which a share (0..1) of all values lies; 0 where there are none. Leaves the values as they are. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const stride = Math.ceil(values.length / MOST_VALUES) || 1;
  const sample = new Float32Array(Math.ceil(values.length / stride));
  if (sample.length === 0) return 0;
  for (let to = 0; to < sample.length; to++) sample[to] = values[to * stride];
  return select(sample, Math.min(sample.length - 1, Math.floor(share * sample.length)));
}
