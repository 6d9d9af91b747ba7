/** Reads inputs, outputs, initializers and nodes from an ONNX file (https://onnx.ai/onnx/repo-docs/IR.html). */
import protobuf from 'protobufjs';

/** A tensor of float32 values. */
export interface OnnxValue {
  readonly name: string;
  /** Sizes of the axes; null if dynamic. */
  readonly shape: readonly (number | null)[];
}

/** A constant tensor, as stored. */
export interface OnnxInitializer {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'int8' | 'uint8' | 'int64' | 'other';
  readonly shape: readonly number[];
  /** Where the values are in the file, row-major and little-endian; null if stored in another way. */
  readonly range: { readonly offset: number; readonly bytes: number } | null;
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers and lists of integers, by attribute name; attributes of other types have no numbers here. */
  readonly attributes: ReadonlyMap<string, readonly number[]>;
}

export interface OnnxModel {
  readonly input: OnnxValue;
  /** Names of the outputs, float32. The first are the logits. */
  readonly outputs: readonly string[];
  readonly initializers: readonly OnnxInitializer[];
  readonly nodes: readonly OnnxNode[];
}

const FLOAT32 = 1;

/** Attribute types: float32, integer, and list of integers. */
const FLOAT = 1;
const INT = 2;
const INTS = 7;

const types = new Map<number, OnnxInitializer['type']>([
  [FLOAT32, 'float32'],
  [10, 'float16'],
  [3, 'int8'],
  [2, 'uint8'],
  [7, 'int64'],
]);

/** The subset of onnx.proto3 that is read here; unknown fields are skipped. */
const schema = protobuf.Root.fromJSON({
  nested: {
    ModelProto: { fields: { graph: { type: 'GraphProto', id: 7 } } },
    GraphProto: {
      fields: {
        node: { rule: 'repeated', type: 'NodeProto', id: 1 },
        initializer: { rule: 'repeated', type: 'TensorProto', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfoProto', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfoProto', id: 12 },
      },
    },
    NodeProto: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'AttributeProto', id: 5 },
      },
    },
    AttributeProto: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int32', id: 3 },
        ints: { rule: 'repeated', type: 'int32', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', type: 'int32', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfoProto: { fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } } },
    TypeProto: { fields: { tensorType: { type: 'TensorTypeProto', id: 1 } } },
    TensorTypeProto: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'ShapeProto', id: 2 } } },
    ShapeProto: { fields: { dim: { rule: 'repeated', type: 'DimensionProto', id: 1 } } },
    DimensionProto: { fields: { dimValue: { type: 'int32', id: 1 }, dimParam: { type: 'string', id: 2 } } },
  },
});

interface TensorProto {
  dims: number[];
  dataType: number;
  name: string;
  rawData: Uint8Array;
}

interface ValueInfoProto {
  name: string;
  type: {
    tensorType: { elemType: number; shape: { dim: { dimValue: number; dimParam: string }[] } | null } | null;
  } | null;
}

interface NodeProto {
  input: string[];
  output: string[];
  opType: string;
  attribute: AttributeProto[];
}

interface AttributeProto {
  name: string;
  f: number;
  i: number;
  ints: number[];
  type: number;
}

interface GraphProto {
  node: NodeProto[];
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
}

/**
 * Reads a model with one float32 input and at least one output, all float32.
 * @throws {TypeError} saying what cannot be compiled
 */
export function readOnnx(file: Uint8Array): OnnxModel {
  let graph: GraphProto | null;
  try {
    ({ graph } = schema.lookupType('ModelProto').decode(file) as unknown as { graph: GraphProto | null });
  } catch (cause) {
    throw new TypeError('The file is not an ONNX model.', { cause });
  }
  if (!graph) throw new TypeError('The file is not an ONNX model: it has no graph.');
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  if (inputs.length !== 1) throw new TypeError(`The model has ${inputs.length} inputs; one can be compiled.`);
  if (graph.output.length === 0) throw new TypeError('The model has no output.');
  return {
    input: readInput(inputs[0]),
    outputs: graph.output.map((output) => requireFloats(output, 'output').name),
    initializers: graph.initializer.map((tensor) => readInitializer(tensor, file)),
    nodes: graph.node.map(readNode),
  };
}

/** Adds a float32 output to a model file. Concatenating two Protocol Buffers messages merges their fields. */
export function withOutput(file: Uint8Array, name: string): Uint8Array {
  const output = { name, type: { tensorType: { elemType: FLOAT32 } } };
  const more = schema
    .lookupType('ModelProto')
    .encode({ graph: { output: [output] } })
    .finish();
  return Buffer.concat([file, more]);
}

function requireFloats(value: ValueInfoProto, role: 'input' | 'output'): ValueInfoProto {
  if (value.type?.tensorType?.elemType === FLOAT32) return value;
  throw new TypeError(`The model's ${role} "${value.name}" is not a float32 tensor.`);
}

function readInput(value: ValueInfoProto): OnnxValue {
  const { name, type } = requireFloats(value, 'input');
  const shape = type?.tensorType?.shape;
  if (!shape) throw new TypeError(`The model's input "${name}" has no shape.`);
  return { name, shape: shape.dim.map(({ dimValue, dimParam }) => (dimParam || !dimValue ? null : dimValue)) };
}

function readNode({ opType, input, output, attribute }: NodeProto): OnnxNode {
  const numbers = ({ type, f, i, ints }: AttributeProto) =>
    type === FLOAT ? [f] : type === INT ? [i] : type === INTS ? ints : [];
  return {
    operator: opType,
    inputs: input,
    outputs: output,
    attributes: new Map(attribute.map((each) => [each.name, numbers(each)])),
  };
}

function readInitializer({ name, dims, dataType, rawData }: TensorProto, file: Uint8Array): OnnxInitializer {
  const type = types.get(dataType) ?? 'other';
  const range = { offset: rawData.byteOffset - file.byteOffset, bytes: rawData.length };
  return { name, type, shape: dims, range: range.bytes > 0 && rawData.buffer === file.buffer ? range : null };
}
