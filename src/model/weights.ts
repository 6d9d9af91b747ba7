/** Where a tensor is stored in a model's file, and how its values are encoded, row-major and little-endian. */
export interface StoredTensor {
  /** In bytes. */
  readonly offset: number;
  /** `uint4`: two integers, each plus 8, to a byte, the first one in the low half. */
  readonly encoding: 'float32' | 'float16' | 'int8' | 'uint4';
  readonly shape: readonly number[];
  /** For int8 and uint4: one float32 scale per entry of the axis. */
  readonly scale?: { readonly offset: number; readonly axis: number };
  /**
   * For sparse int8: only `count` integers are stored, the others are 0. Each has a byte at `offset`: its distance from
   * the previous one, or for the first one its index.
   */
  readonly distances?: { readonly offset: number; readonly count: number };
}

/**
 * Expands a stored tensor to the same bits as ONNX Runtime does when it folds constants.
 * @returns the values, row-major
 * @throws {RangeError} if the file is too short
 */
export function expandTensor(file: ArrayBuffer, tensor: StoredTensor): Float32Array {
  const { offset, encoding, shape, scale } = tensor;
  const length = product(shape);
  if (encoding === 'float32') return floats(file, offset, length);
  if (encoding === 'float16') return expandFloat16(new Uint16Array(part(file, offset, 2 * length)));
  if (tensor.distances) return expandSparse(file, tensor, tensor.distances);
  const values =
    encoding === 'uint4' ? expandUint4(file, offset, length) : new Float32Array(new Int8Array(file, offset, length));
  if (!scale) return values;
  const factors = floats(file, scale.offset, shape[scale.axis]);
  const inner = product(shape.slice(scale.axis + 1));
  for (let first = 0; first < length; first += inner) {
    const factor = factors[(first / inner) % factors.length];
    for (let index = first; index < first + inner; index++) values[index] *= factor;
  }
  return values;
}

function expandUint4(file: ArrayBuffer, offset: number, length: number): Float32Array {
  const pairs = new Uint8Array(file, offset, length / 2);
  const values = new Float32Array(length);
  for (let index = 0; index < length; index++) values[index] = ((pairs[index >> 1] >> (4 * (index % 2))) & 15) - 8;
  return values;
}

function expandSparse(
  file: ArrayBuffer,
  { offset, shape, scale }: StoredTensor,
  distances: NonNullable<StoredTensor['distances']>,
): Float32Array {
  const values = new Float32Array(product(shape));
  const integers = new Int8Array(file, offset, distances.count);
  const steps = new Uint8Array(file, distances.offset, distances.count);
  const factors = scale ? floats(file, scale.offset, shape[scale.axis]) : Float32Array.of(1);
  const inner = scale ? product(shape.slice(scale.axis + 1)) : values.length;
  let position = 0;
  for (let index = 0; index < integers.length; index++) {
    position += steps[index];
    values[position] = integers[index] * factors[Math.floor(position / inner) % factors.length];
  }
  return values;
}

function floats(file: ArrayBuffer, offset: number, length: number): Float32Array {
  return new Float32Array(part(file, offset, 4 * length));
}

/** Copies bytes, since data in a file need not be aligned. */
function part(file: ArrayBuffer, offset: number, bytes: number): ArrayBuffer {
  if (offset + bytes > file.byteLength) throw new RangeError('The file is too short for its tensors.');
  return file.slice(offset, offset + bytes);
}

/** Decodes IEEE 754 binary16 numbers from their bits. */
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
 * Returns a tensor with its axes permuted.
 * @param shape of `values`, row-major
 * @param order axes of `values` in the order of the result: `[1, 0]` transposes a matrix
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

/** Whether a permutation leaves the axes in order. */
export function isInOrder(order: readonly number[]): boolean {
  return order.every((axis, index) => axis === index);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
