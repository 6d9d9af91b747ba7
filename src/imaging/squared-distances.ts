/** Returns the distance of each pixel to the nearest one of the other class in its column; `far` if there is none. */
function distancesInColumns(classes: Uint8Array, width: number, far: number): Int32Array {
  const distances = new Int32Array(classes.length).fill(far);
  for (let pixel = width; pixel < distances.length; pixel++) {
    const isOther = classes[pixel - width] !== classes[pixel];
    distances[pixel] = isOther ? 1 : Math.min(far, distances[pixel - width] + 1);
  }
  for (let pixel = distances.length - width - 1; pixel >= 0; pixel--) {
    const below = classes[pixel + width] !== classes[pixel] ? 1 : distances[pixel + width] + 1;
    if (below < distances[pixel]) distances[pixel] = below;
  }
  return distances;
}

/**
 * Returns the squared distance of each pixel to the nearest one of the other class, in pixels.
 *
 * @param classes 0 or 1 each
 */
export function squaredDistances(classes: Uint8Array, width: number, height: number): Int32Array {
  const distances = distancesInColumns(classes, width, width + height);
  /** Heights of the parabolas in the run's columns and the two next to it. */
  const heights = new Int32Array(width);
  const vertices = new Int32Array(width);
  const starts = new Int32Array(width);
  // Finds, along each row, the lower envelope of the parabolas whose vertices are the distances in the columns: Meijster,
  // Roerdink and Hesselink, "A General Algorithm for Computing Distance Transforms in Linear Time", Mathematical
  // Morphology and its Applications to Image and Signal Processing (2000). Runs of both classes are processed in one
  // pass: the pixels of the other class at a run's ends are nearer than anything beyond them.
  for (let row = 0; row < distances.length; row += width) {
    for (let start = row, end = row; start < row + width; start = end) {
      while (end < row + width && classes[end] === classes[start]) end += 1;
      const first = Math.max(row, start - 1);
      const count = Math.min(row + width, end + 1) - first;
      for (let at = 0; at < count; at++) {
        const pixel = first + at;
        heights[at] = pixel < start || pixel === end ? 0 : distances[pixel] * distances[pixel];
      }
      let last = 0;
      vertices[0] = starts[0] = 0;
      for (let at = 1; at < count; at++) {
        const own = heights[at];
        while (last >= 0) {
          const from = starts[last];
          const vertex = vertices[last];
          if ((from - vertex) * (from - vertex) + heights[vertex] <= (from - at) * (from - at) + own) break;
          last -= 1;
        }
        if (last < 0) {
          last = 0;
          vertices[0] = at;
          continue;
        }
        const vertex = vertices[last];
        const rise = at * at - vertex * vertex + own - heights[vertex];
        const begin = 1 + Math.floor(rise / (2 * (at - vertex)));
        if (begin >= count) continue;
        last += 1;
        vertices[last] = at;
        starts[last] = begin;
      }
      for (let at = count - 1; at >= 0; last--) {
        const vertex = vertices[last];
        const least = heights[vertex];
        for (; at >= starts[last]; at--) {
          const pixel = first + at;
          if (pixel >= start && pixel < end) distances[pixel] = (at - vertex) * (at - vertex) + least;
        }
      }
    }
  }
  return distances;
}
