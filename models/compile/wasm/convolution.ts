/** What a convolution computes, down to the last bit. Pure. */

/** Rows and columns. */
export type Plane = readonly [number, number];

/** The shape of a convolution of one picture in two dimensions. All arrays are float32, channels first. */
export interface ConvolutionShape {
  /** Channels of the input. */
  readonly channels: number;
  /** Channels of the output. */
  readonly filters: number;
  readonly input: Plane;
  readonly output: Plane;
  readonly kernel: Plane;
  readonly dilations: Plane;
  readonly strides: Plane;
  /** Rows above and columns before the input that count as zero. */
  readonly padding: Plane;
  /** The same below and after. */
  readonly paddingAfter: Plane;
  readonly relu: boolean;
}

/** How many products make one number of the output: one for each number of a filter, in the order of the filter. */
export function depth({ channels, kernel }: ConvolutionShape): number {
  return channels * kernel[0] * kernel[1];
}

/** Rows and columns of the input with its padding. */
export function paddedPlane({ input, padding, paddingAfter }: ConvolutionShape): Plane {
  return [padding[0] + input[0] + paddingAfter[0], padding[1] + input[1] + paddingAfter[1]];
}

/** Where the numbers lie that a filter is multiplied with, as indices into the padded input, for the output's corner. */
export function taps(shape: ConvolutionShape): number[] {
  const [rows, columns] = paddedPlane(shape);
  const { kernel, dilations } = shape;
  const [height, width] = kernel;
  return Array.from({ length: depth(shape) }, (_, tap) => {
    const column = tap % width;
    const row = Math.floor(tap / width) % height;
    const channel = Math.floor(tap / (width * height));
    return (channel * rows + row * dilations[0]) * columns + column * dilations[1];
  });
}

/**
 * The output for one input, calculated plainly.
 * @param input `[channels, ...input]`
 * @param filter `[filters, channels, ...kernel]`
 * @param bias `[filters]`
 * @param partial so many products are summed one after the other, beginning at 0; these sums are added in their order
 */
export function convolve(
  shape: ConvolutionShape,
  input: Float32Array,
  filter: Float32Array,
  bias: Float32Array | null,
  partial: number,
): Float32Array {
  const padded = pad(shape, input);
  const [, columns] = paddedPlane(shape);
  const places = taps(shape);
  const length = places.length;
  const { output, strides } = shape;
  const answer = new Float32Array(shape.filters * output[0] * output[1]);
  answer.forEach((_, index) => {
    const column = index % output[1];
    const row = Math.floor(index / output[1]) % output[0];
    const number = Math.floor(index / (output[0] * output[1]));
    const corner = row * strides[0] * columns + column * strides[1];
    let total = 0;
    for (let start = 0; start < length; start += partial) {
      let sum = 0;
      for (let tap = start; tap < Math.min(start + partial, length); tap++) {
        sum = Math.fround(sum + Math.fround(filter[number * length + tap] * padded[corner + places[tap]]));
      }
      total = Math.fround(total + sum);
    }
    const value = Math.fround(total + (bias?.[number] ?? 0));
    answer[index] = shape.relu ? Math.max(0, value) : value;
  });
  return answer;
}

function pad(shape: ConvolutionShape, input: Float32Array): Float32Array {
  const [rows, columns] = paddedPlane(shape);
  const padded = new Float32Array(shape.channels * rows * columns);
  for (let row = 0; row < shape.channels * shape.input[0]; row++) {
    const channel = Math.floor(row / shape.input[0]);
    const to = (channel * rows + (row % shape.input[0]) + shape.padding[0]) * columns + shape.padding[1];
    padded.set(input.subarray(row * shape.input[1], (row + 1) * shape.input[1]), to);
  }
  return padded;
}
