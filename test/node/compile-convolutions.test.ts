import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readOnnx } from '../../models/compile/onnx.js';
import { collectWeights } from '../../models/compile/weights.js';
import { capture, type Snapshot } from '../../models/compile/wasm/capture.js';
import { checkProgram } from '../../models/compile/wasm/check.js';
import { emit } from '../../models/compile/wasm/emit.js';
import { findConvolutions, type Convolution } from '../../models/compile/wasm/find-convolutions.js';
import { prune } from '../../models/compile/wasm/prune.js';
import { isReplaceable, replaceConvolutions } from '../../models/compile/wasm/replace-convolutions.js';
import { touched, trace } from '../../models/compile/wasm/trace.js';
import { goldenInput } from '../../src/inference/golden-input.js';
import { writeOnnx, type Node, type Tensor } from '../support/write-onnx.js';

interface Layer {
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly attributes?: NonNullable<Node['attributes']>;
  readonly bias?: boolean;
  readonly relu?: boolean;
}

/** Convolutions of many kinds, one after the other; from 28x28 to 3x2. */
const layers: readonly Layer[] = [
  { filters: 16, kernel: [5, 3], attributes: { pads: [2, 1, 1, 0] }, bias: true, relu: true },
  { filters: 32, kernel: [3, 3], attributes: { dilations: [2, 3], pads: [2, 3, 2, 3] }, bias: true },
  { filters: 48, kernel: [1, 1], relu: true },
  { filters: 16, kernel: [3, 5], attributes: { strides: [2, 3], pads: [0, 0, 1, 3] }, bias: true, relu: true },
  { filters: 16, kernel: [3, 3], attributes: { auto_pad: 'SAME_UPPER' }, bias: true, relu: true },
  // These three stay ONNX Runtime's: filters that make no group of sixteen, groups, one column.
  { filters: 24, kernel: [3, 3], bias: true, relu: true },
  { filters: 32, kernel: [3, 3], attributes: { group: 8 }, bias: true },
  { filters: 16, kernel: [3, 5], bias: true },
];

/** Numbers between -0.5 and 0.5 of which each run has the same. */
function numbers(length: number, seed: number): number[] {
  return [...goldenInput(length, seed)].map((value) => value - 0.5);
}

function writeModel() {
  const nodes: Node[] = [];
  const initializers: Record<string, Tensor> = {};
  let value = 'image';
  let channels = 1;
  layers.forEach(({ filters, kernel, attributes = {}, bias, relu }, index) => {
    const groups = typeof attributes.group === 'number' ? attributes.group : 1;
    const shape = [filters, channels / groups, ...kernel];
    const length = shape.reduce((product, size) => product * size, 1);
    const scale = 4 / Math.sqrt(length / filters);
    const inputs = [value, `filter${index}`];
    initializers[inputs[1]] = { type: 'float32', shape, values: numbers(length, index).map((each) => each * scale) };
    if (bias) {
      inputs.push(`bias${index}`);
      initializers[inputs[2]] = { type: 'float32', shape: [filters], values: numbers(filters, 100 + index) };
    }
    value = `convolution${index}`;
    nodes.push({ operator: 'Conv', inputs, output: value, attributes: { kernel_shape: kernel, ...attributes } });
    if (relu) nodes.push({ operator: 'Relu', inputs: [value], output: (value = `relu${index}`) });
    channels = filters;
  });
  nodes.push({ operator: 'GlobalAveragePool', inputs: [value], output: 'average' });
  nodes.push({ operator: 'Flatten', inputs: ['average'], output: 'answer' });
  return writeOnnx(nodes, initializers, [1, channels]);
}

const file = writeModel();
const sample = goldenInput(28 * 28, 1);
let snapshot: Snapshot;
let convolutions: Convolution[];

before(async () => {
  snapshot = await capture(file, readOnnx(file));
  convolutions = findConvolutions(snapshot, sample);
});

void test('convolutions of all kinds are found, with the order in which they add', () => {
  const found = convolutions.map(({ channels, filters, output, relu, partial }) => [
    ...[channels, filters, ...output, relu, partial],
  ]);
  // ONNX Runtime adds products in parts of 128, or of more where the output has few numbers.
  assert.deepEqual(found, [
    [1, 16, 27, 27, true, 15],
    [16, 32, 27, 27, false, 128],
    [32, 48, 27, 27, true, 32],
    [48, 16, 13, 9, true, 128],
    [16, 16, 13, 9, true, 128],
    [16, 24, 11, 7, true, 128],
    [32, 16, 7, 1, false, 480],
  ]);
});

void test('those that make no groups of filters, or have one column, stay with ONNX Runtime', () => {
  assert.deepEqual(convolutions.map(isReplaceable), [true, true, true, true, true, false, false]);
  assert.equal(replaceConvolutions(snapshot, convolutions.slice(5), snapshot.memory.length), snapshot);
});

/** Makes a program in which these convolutions are computed by kernels of our own, and tests it. */
function compileWith(replaced: readonly Convolution[]): void {
  const weights = collectWeights(file, readOnnx(file));
  const faster = replaceConvolutions(snapshot, replaced, touched(trace(snapshot, sample)));
  const traced = trace(faster, sample);
  const content = prune(faster, traced, weights);
  checkProgram(emit(faster, traced, content), snapshot, content, weights);
}

void test('a program with them answers bit for bit as ONNX Runtime does', () => {
  compileWith(convolutions);
});

void test('a convolution that adds in another order is not let through', () => {
  assert.throws(
    () => compileWith(convolutions.map((each) => ({ ...each, partial: 7 }))),
    /otherwise than ONNX Runtime/,
  );
});
