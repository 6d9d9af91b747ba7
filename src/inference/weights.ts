/** Where a tensor lies in a model's file, and how its values are stored there, row-major and little-endian. */
export interface StoredTensor {
  /** In bytes. */
  readonly offset: number;
  readonly encoding: 'float32' | 'float16' | 'int8';
  readonly shape: readonly number[];
  /** For int8: one float32 per entry of the axis, which multiplies the integers. */
  readonly scale?: { readonly offset: number; readonly axis: number };
}

/**
 * The values of a stored tensor as ONNX Runtime expands them when it folds Cast and Mul into constants: bit for bit.
 * @returns row-major, as many values as the shape has
 * @throws {RangeError} when the file is too short
 */
export function expandTensor(file: ArrayBuffer, { offset, encoding, shape, scale }: StoredTensor): Float32Array {
  const length = product(shape);
  if (encoding === 'float32') return floats(file, offset, length);
  if (encoding === 'float16') {
    return Float32Array.from(new Uint16Array(part(file, offset, 2 * length)), float16);
  }
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

function floats(file: ArrayBuffer, offset: number, length: number): Float32Array {
  return new Float32Array(part(file, offset, 4 * length));
}

/** Copied, since what lies in a file need not begin at a multiple of its size. */
function part(file: ArrayBuffer, offset: number, bytes: number): ArrayBuffer {
  if (offset + bytes > file.byteLength) throw new RangeError('The file is too short for its tensors.');
  return file.slice(offset, offset + bytes);
}

/** An IEEE 754 binary16 number from its bits. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * A tensor with its axes in another order.
 * @param shape of `values`, row-major
 * @param order the axes of `values` in the order that the result has them: `[1, 0]` transposes a matrix
 */
export function permute(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = order.map((axis) => product(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]);
  const last = order.length - 1;
  const result = new Float32Array(values.length);
  let next = 0;
  const fill = (depth: number, offset: number): void => {
    const size = sizes[depth];
    const stride = strides[depth];
    if (depth === last) {
      for (let index = 0; index < size; index++) result[next++] = values[offset + index * stride];
    } else {
      for (let index = 0; index < size; index++) fill(depth + 1, offset + index * stride);
    }
  };
  fill(0, 0);
  return result;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
