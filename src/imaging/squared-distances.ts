/** Down each column, how far the nearest pixel of the set is; `far` where there is none. */
function distancesInColumns(isInSet: Uint8Array, width: number, far: number): Int32Array {
  const distances = new Int32Array(isInSet.length);
  for (let pixel = 0; pixel < distances.length; pixel++) {
    const above = pixel < width ? far : distances[pixel - width];
    distances[pixel] = isInSet[pixel] === 1 ? 0 : Math.min(far, above + 1);
  }
  for (let pixel = distances.length - width - 1; pixel >= 0; pixel--) {
    distances[pixel] = Math.min(distances[pixel], distances[pixel + width] + 1);
  }
  return distances;
}

/**
 * For each pixel of a picture the squared distance from the nearest one of a set: along each row the lower envelope of the
 * parabolas that stand on the distances in the columns. Meijster, Roerdink and Hesselink, "A General Algorithm for
 * Computing Distance Transforms in Linear Time", Mathematical Morphology and its Applications to Image and Signal
 * Processing (2000).
 *
 * @param isInSet 1 for each pixel of the set, else 0, row-major
 */
export function squaredDistances(isInSet: Uint8Array, width: number, height: number): Int32Array {
  const inColumns = distancesInColumns(isInSet, width, width + height);
  const distances = new Int32Array(inColumns.length);
  const stands = new Int32Array(width);
  const starts = new Int32Array(width);
  for (let row = 0; row < inColumns.length; row += width) {
    let last = 0;
    stands[0] = starts[0] = 0;
    for (let column = 1; column < width; column++) {
      const own = inColumns[row + column] * inColumns[row + column];
      while (last >= 0) {
        const fromStand = starts[last] - stands[last];
        const fromColumn = starts[last] - column;
        const standing = inColumns[row + stands[last]];
        if (fromStand * fromStand + standing * standing <= fromColumn * fromColumn + own) break;
        last -= 1;
      }
      if (last < 0) {
        last = 0;
        stands[0] = column;
        continue;
      }
      const stand = stands[last];
      const standing = inColumns[row + stand];
      const rise = column * column - stand * stand + own - standing * standing;
      const start = 1 + Math.floor(rise / (2 * (column - stand)));
      if (start >= width) continue;
      last += 1;
      stands[last] = column;
      starts[last] = start;
    }
    for (let column = width - 1; column >= 0; column--) {
      const away = column - stands[last];
      const standing = inColumns[row + stands[last]];
      distances[row + column] = away * away + standing * standing;
      if (column === starts[last]) last -= 1;
    }
  }
  return distances;
}
