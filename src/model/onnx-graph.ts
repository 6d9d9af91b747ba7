/**
 * Reads as much of an ONNX file as is needed to find a layer in it, directly from the protobuf wire format.
 * https://protobuf.dev/programming-guides/encoding, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  readonly numbers: readonly number[];
  readonly text: string;
  readonly tensor: OnnxTensor | null;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** TensorProto.DataType */
  readonly type: number;
  /** Little-endian, row-major. */
  readonly bytes: Uint8Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  /** Names of the inputs that the caller provides. */
  readonly inputs: readonly string[];
}

/** The fields of a message by number: varints as numbers, everything else as bytes. */
type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (at >= bytes.length || factor > 2 ** 63) throw new RangeError('The file ends in the middle of a field.');
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    if (!(length >= 0 && at + length <= bytes.length)) throw new RangeError('The file ends in the middle of a field.');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    if (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5) throw new RangeError('The file is not a protobuf.');
    const value = wire === 0 ? varint() : take(wire === 2 ? varint() : wire === 1 ? 8 : 4);
    const number = Math.floor(tag / 8);
    const values = fields.get(number);
    if (values) values.push(value);
    else fields.set(number, [value]);
  }
  return fields;
}

const messages = (fields: Fields, number: number): Uint8Array[] =>
  (fields.get(number) ?? []).filter((value) => value instanceof Uint8Array);

const texts = (fields: Fields, number: number): string[] =>
  messages(fields, number).map((bytes) => new TextDecoder().decode(bytes));

/** Reads repeated integers, packed into one field or in separate fields. */
function wholeNumbers(fields: Fields, number: number): number[] {
  return (fields.get(number) ?? []).flatMap((value) => {
    if (typeof value === 'number') return [value];
    // With a tag before each number, the packed field can be read like any message.
    const tagged: number[] = [];
    value.forEach((byte, index) => {
      if (index === 0 || value[index - 1] < 128) tagged.push(8);
      tagged.push(byte);
    });
    return (readFields(Uint8Array.from(tagged)).get(1) ?? []) as number[];
  });
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const fields = readFields(bytes);
  const raw = messages(fields, 9);
  return {
    name: texts(fields, 8).at(0) ?? '',
    shape: wholeNumbers(fields, 1),
    type: wholeNumbers(fields, 2).at(0) ?? 0,
    bytes: raw.at(0) ?? joinBytes(messages(fields, 4)),
  };
}

function readAttribute(bytes: Uint8Array): [name: string, attribute: OnnxAttribute] {
  const fields = readFields(bytes);
  const tensor = messages(fields, 5).at(0);
  return [
    texts(fields, 1).at(0) ?? '',
    {
      numbers: [...wholeNumbers(fields, 3), ...wholeNumbers(fields, 8)],
      text: texts(fields, 4).at(0) ?? '',
      tensor: tensor ? readTensor(tensor) : null,
    },
  ];
}

function readNode(bytes: Uint8Array): OnnxNode {
  const fields = readFields(bytes);
  return {
    inputs: texts(fields, 1),
    outputs: texts(fields, 2),
    operator: texts(fields, 4).at(0) ?? '',
    attributes: new Map(messages(fields, 5).map(readAttribute)),
  };
}

/** @throws {RangeError} if the file is not an ONNX model */
export function readOnnxGraph(file: Uint8Array): OnnxGraph {
  const graph = messages(readFields(file), 7).at(0);
  if (!graph) throw new RangeError('The file is not an ONNX model: it has no graph.');
  const fields = readFields(graph);
  const initializers = new Map(
    messages(fields, 5)
      .map(readTensor)
      .map((tensor) => [tensor.name, tensor]),
  );
  const inputs = messages(fields, 11).flatMap((input) => texts(readFields(input), 1));
  return {
    nodes: messages(fields, 1).map(readNode),
    initializers,
    // Older models list their weights among the inputs.
    inputs: inputs.filter((name) => !initializers.has(name)),
  };
}
