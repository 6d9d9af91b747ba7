/** Where a tensor lies in a model's file, and how its values are stored there, row-major and little-endian. */
export interface StoredTensor {
  /** In bytes. */
  readonly offset: number;
  readonly encoding: 'float32' | 'float16' | 'int8';
  readonly shape: readonly number[];
  /** For int8: one float32 per entry of the axis, which multiplies the integers. */
  readonly scale?: { readonly offset: number; readonly axis: number };
  /**
   * For int8: only `count` of the integers are stored, the others are 0. Each has a byte at `offset` that says how many
   * places it comes after the one before it, the first one after place 0.
   */
  readonly distances?: { readonly offset: number; readonly count: number };
}

/**
 * The values of a stored tensor as ONNX Runtime expands them when it folds the nodes that make them into constants: bit for bit.
 * @returns row-major, as many values as the shape has
 * @throws {RangeError} when the file is too short
 */
export function expandTensor(file: ArrayBuffer, tensor: StoredTensor): Float32Array {
  const { offset, encoding, shape, scale } = tensor;
  const length = product(shape);
  if (encoding === 'float32') return floats(file, offset, length);
  if (encoding === 'float16') return expandFloat16(new Uint16Array(part(file, offset, 2 * length)));
  if (tensor.distances) return expandSparse(file, tensor, tensor.distances);
  const values = new Float32Array(new Int8Array(file, offset, length));
  if (!scale) return values;
  const factors = floats(file, scale.offset, shape[scale.axis]);
  const inner = product(shape.slice(scale.axis + 1));
  for (let first = 0; first < length; first += inner) {
    const factor = factors[(first / inner) % factors.length];
    for (let index = first; index < first + inner; index++) values[index] *= factor;
  }
  return values;
}

function expandSparse(
  file: ArrayBuffer,
  { offset, shape, scale }: StoredTensor,
  distances: NonNullable<StoredTensor['distances']>,
): Float32Array {
  const values = new Float32Array(product(shape));
  const integers = new Int8Array(file, offset, distances.count);
  const ways = new Uint8Array(file, distances.offset, distances.count);
  const factors = scale ? floats(file, scale.offset, shape[scale.axis]) : Float32Array.of(1);
  const inner = scale ? product(shape.slice(scale.axis + 1)) : values.length;
  let place = 0;
  for (let index = 0; index < integers.length; index++) {
    place += ways[index];
    values[place] = integers[index] * factors[Math.floor(place / inner) % factors.length];
  }
  return values;
}

function floats(file: ArrayBuffer, offset: number, length: number): Float32Array {
  return new Float32Array(part(file, offset, 4 * length));
}

/** Copied, since what lies in a file need not begin at a multiple of its size. */
function part(file: ArrayBuffer, offset: number, bytes: number): ArrayBuffer {
  if (offset + bytes > file.byteLength) throw new RangeError('The file is too short for its tensors.');
  return file.slice(offset, offset + bytes);
}

/** IEEE 754 binary16 numbers from their bits. */
function expandFloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  halves.forEach((half, index) => {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent > 0) bits[index] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
    else values[index] = (sign ? -1 : 1) * fraction * 2 ** -24;
  });
  return values;
}

/**
 * A tensor with its axes in another order.
 * @param shape of `values`, row-major
 * @param order the axes of `values` in the order that the result has them: `[1, 0]` transposes a matrix
 */
export function permute(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const result = new Float32Array(values.length);
  const strides = order.map((axis) => product(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]);
  const last = order.length - 1;
  let next = 0;
  const fill = (depth: number, offset: number): void => {
    const size = sizes[depth];
    const stride = strides[depth];
    for (let index = 0; index < size; index++) {
      if (depth === last) result[next++] = values[offset + index * stride];
      else fill(depth + 1, offset + index * stride);
    }
  };
  fill(0, 0);
  return result;
}

/** Whether axes in this order lie as they did. */
export function isInOrder(order: readonly number[]): boolean {
  return order.every((axis, place) => axis === place);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
