import type { Convolution } from '../model/index.js';

/** The output of a convolution. */
export interface FeatureMaps {
  readonly width: number;
  readonly height: number;
  /** One per filter, row-major. */
  readonly maps: readonly Float32Array[];
}

/**
 * Applies a convolution to a square image.
 * https://onnx.ai/onnx/operators/onnx__Conv.html
 */
export function convolve(image: Float32Array, convolution: Convolution): FeatureMaps {
  const side = Math.sqrt(image.length);
  const { filters, kernel, weights, bias, strides, dilations, rectified } = convolution;
  const [rows, columns] = [0, 1].map((axis) => placeWindows(side, axis, convolution));
  const maps = Array.from({ length: filters }, (_, filter) => {
    const map = new Float32Array(rows.count * columns.count);
    for (let index = 0; index < map.length; index++) {
      const top = Math.floor(index / columns.count) * strides[0] - rows.before;
      const left = (index % columns.count) * strides[1] - columns.before;
      let sum = bias[filter];
      for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
        const row = top + Math.floor(tap / kernel[1]) * dilations[0];
        const column = left + (tap % kernel[1]) * dilations[1];
        if (row < 0 || row >= side || column < 0 || column >= side) continue;
        sum += image[row * side + column] * weights[filter * kernel[0] * kernel[1] + tap];
      }
      map[index] = rectified ? Math.max(0, sum) : sum;
    }
    return map;
  });
  return { width: columns.count, height: rows.count, maps };
}

/** Returns how many windows lie along an axis, and how far before the image the first one starts. */
function placeWindows(
  side: number,
  axis: number,
  { kernel, strides, dilations, padding }: Convolution,
): { before: number; count: number } {
  const reach = (kernel[axis] - 1) * dilations[axis] + 1;
  if (typeof padding === 'object') {
    const before = padding.before[axis];
    return { before, count: Math.floor((before + side + padding.after[axis] - reach) / strides[axis]) + 1 };
  }
  const count = Math.ceil(side / strides[axis]);
  const missing = Math.max(0, (count - 1) * strides[axis] + reach - side);
  return { before: padding === 'SAME_UPPER' ? Math.floor(missing / 2) : Math.ceil(missing / 2), count };
}
