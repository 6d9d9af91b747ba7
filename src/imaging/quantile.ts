/** The value below which a share (0..1) of all values lies; 0 where there are none. Leaves the values as they are. */
export function quantile(values: readonly number[] | Float32Array, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
