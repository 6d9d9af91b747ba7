/** Writes small ONNX models, field by field: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */

type Bytes = readonly number[];

const varint = (value: number): Bytes =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const message = (field: number, content: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const whole = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const text = (field: number, value: string): Bytes => message(field, [...new TextEncoder().encode(value)]);

/** For float16, the bits. */
const dataTypes = { float32: 1, uint8: 2, int8: 3, float16: 10 } as const;

export interface Tensor {
  readonly type: keyof typeof dataTypes;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function tensor(name: string, { type, shape, values }: Tensor): Bytes {
  const array = { float32: Float32Array, uint8: Uint8Array, int8: Int8Array, float16: Uint16Array }[type].from(values);
  const raw = [...new Uint8Array(array.buffer)];
  return [
    ...shape.flatMap((size) => whole(1, size)),
    ...whole(2, dataTypes[type]),
    ...text(8, name),
    ...message(9, raw),
  ];
}

/** An integer, several integers, a float32 number, a string or a tensor. */
type Attribute = number | readonly number[] | { readonly float: number } | string | Tensor;

function attribute(name: string, value: Attribute): Bytes {
  const begin = text(1, name);
  if (typeof value === 'number') return [...begin, ...whole(3, value), ...whole(20, 2)];
  if (typeof value === 'string') return [...begin, ...text(4, value), ...whole(20, 3)];
  if ('float' in value) {
    return [...begin, ...varint(2 * 8 + 5), ...new Uint8Array(Float32Array.of(value.float).buffer), ...whole(20, 1)];
  }
  if ('type' in value) return [...begin, ...message(5, tensor('', value)), ...whole(20, 4)];
  return [...begin, ...value.flatMap((each) => whole(8, each)), ...whole(20, 7)];
}

export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

function node({ operator, inputs, output, attributes = {} }: Node): Bytes {
  return [
    ...inputs.flatMap((input) => text(1, input)),
    ...text(2, output),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => message(5, attribute(name, value))),
  ];
}

/** A float32 input or output, with its shape if known; null stands for a dynamic size. */
function value(name: string, shape: readonly (number | null)[] | null): Bytes {
  const sizes = shape?.flatMap((size) => message(1, size === null ? text(2, 'n') : whole(1, size)));
  const type = [...whole(1, 1), ...(sizes ? message(2, sizes) : [])];
  return [...text(1, name), ...message(2, message(1, type))];
}

/**
 * A model with one image as `image`.
 * @param outputShape of the last node's output, if the model is to declare it
 * @param inputShape of the image
 */
export function writeOnnx(
  nodes: readonly Node[],
  initializers: Readonly<Record<string, Tensor>>,
  outputShape: readonly number[] | null = null,
  inputShape: readonly (number | null)[] = [1, 1, 28, 28],
): Uint8Array<ArrayBuffer> {
  const graph = [
    ...nodes.flatMap((each) => message(1, node(each))),
    ...text(2, 'graph'),
    ...Object.entries(initializers).flatMap(([name, each]) => message(5, tensor(name, each))),
    ...message(11, value('image', inputShape)),
    ...message(12, value(nodes[nodes.length - 1].output, outputShape)),
  ];
  const operators = [...text(1, ''), ...whole(2, 17)];
  return Uint8Array.from([...whole(1, 8), ...message(7, graph), ...message(8, operators)]);
}

/** A model with one more output. Concatenating two protobuf messages merges their fields. */
export function withOutput(model: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...model, ...message(7, message(12, value(name, null)))]);
}
