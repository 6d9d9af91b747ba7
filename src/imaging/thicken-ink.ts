import type { Plane } from './plane.js';

/** Ink of which less than this share is left by the vote of its neighbours has lines too thin for it. */
const LEAST_LEFT = 0.7;

/**
 * Which pixels are ink, 1 or 0: those at least half covered. Noise pierces lines and strews specks, which would count as
 * outline: where the lines are wide enough for it, each pixel goes with the most of the nine around it.
 */
export function inkMask({ data, width, height }: Plane): Uint8Array {
  const mask = new Uint8Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel++) mask[pixel] = data[pixel] >= 0.5 ? 1 : 0;
  const ofThree = new Uint8Array(data.length);
  for (let column = 0, pixel = 0; pixel < data.length; pixel++, column = (column + 1) % width) {
    ofThree[pixel] = mask[pixel] + (column > 0 ? mask[pixel - 1] : 0) + (column < width - 1 ? mask[pixel + 1] : 0);
  }
  const voted = new Uint8Array(data.length);
  let [area, left] = [0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    area += mask[pixel];
    const above = pixel >= width ? ofThree[pixel - width] : 0;
    const below = pixel < width * (height - 1) ? ofThree[pixel + width] : 0;
    if (above + ofThree[pixel] + below < 5) continue;
    voted[pixel] = 1;
    left += 1;
  }
  return left >= LEAST_LEFT * area ? voted : mask;
}

/**
 * Mean width of the ink's lines, in pixels: twice its area over its outline, as of a long stripe. The outline is
 * counted along pixel edges, which is 4/π of the true length on the average over all directions.
 */
export function lineWidth(plane: Plane): number {
  const { width, height } = plane;
  const mask = inkMask(plane);
  let area = 0;
  let edges = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (mask[pixel] === 0) continue;
      area += 1;
      if (column === 0 || mask[pixel - 1] === 0) edges += 1;
      if (column === width - 1 || mask[pixel + 1] === 0) edges += 1;
      if (row === 0 || mask[pixel - width] === 0) edges += 1;
      if (row === height - 1 || mask[pixel + width] === 0) edges += 1;
    }
  }
  return edges > 0 ? (2 * area * 4) / (Math.PI * edges) : 0;
}

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
 * For each pixel the squared distance from the nearest one of the set: along each row the lower envelope of the parabolas
 * that stand on the distances in the columns. Meijster, Roerdink and Hesselink, "A General Algorithm for Computing Distance
 * Transforms in Linear Time", Mathematical Morphology and its Applications to Image and Signal Processing (2000).
 */
function squaredDistances(isInSet: Uint8Array, width: number, height: number): Int32Array {
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

/** The plane with room on all sides. */
function padded({ data, width, height }: Plane, margin: number): Plane {
  const wide = { data: new Float32Array((width + 2 * margin) * (height + 2 * margin)), width: width + 2 * margin };
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    wide.data.set(line, (row + margin) * wide.width + margin);
  }
  return { ...wide, height: height + 2 * margin };
}

/** The plane with its ink, as `inkMask` finds it, made wider by `radius` pixels on all sides, and room for it. Fainter ink stays. */
export function thickenInk(plane: Plane, radius: number): Plane & { readonly margin: number } {
  const margin = Math.ceil(radius) + 1;
  const { data, width, height } = padded(plane, margin);
  const distances = squaredDistances(inkMask({ data, width, height }), width, height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    data[pixel] = Math.max(data[pixel], Math.min(1, radius + 0.5 - Math.sqrt(distances[pixel])));
  }
  return { data, width, height, margin };
}

/** The plane with its ink, as `inkMask` finds it, made thinner by `radius` pixels on all sides. What is less wide than twice that is gone. */
export function thinInk(plane: Plane, radius: number): Plane {
  const { data, width, height } = padded(plane, 1);
  const isPaper = inkMask({ data, width, height }).map((ink) => 1 - ink);
  const distances = squaredDistances(isPaper, width, height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    data[pixel] = Math.min(data[pixel], Math.max(0, Math.sqrt(distances[pixel]) - radius - 0.5));
  }
  return { data, width, height };
}
