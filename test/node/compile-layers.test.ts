import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readOnnx, withOutput } from '../../models/compile/onnx.js';
import { assemble } from '../../models/compile/wasm/assemble/assemble.js';
import { calculate } from '../../models/compile/wasm/assemble/calculate.js';
import { readLayers } from '../../models/compile/wasm/assemble/layers.js';
import { learnOrders } from '../../models/compile/wasm/assemble/learn-order.js';
import { checkProgram } from '../../models/compile/wasm/check.js';
import { compileWasm } from '../../models/compile/wasm/compile-wasm.js';
import { collectWeights } from '../../models/compile/weights.js';
import { goldenInput } from '../../src/model/golden-input.js';
import { writeOnnx, type Node, type Tensor } from '../support/write-onnx.js';

interface Layer {
  readonly operator: 'Conv' | 'Gemm' | 'MaxPool' | 'GlobalAveragePool' | 'Flatten' | 'Relu' | 'Softmax';
  readonly attributes?: NonNullable<Node['attributes']>;
  /** `[outputs, ...]` */
  readonly weight?: readonly number[];
  readonly bias?: boolean;
}

/** Numbers between -0.5 and 0.5, the same in every run. */
function numbers(length: number, seed: number): number[] {
  return [...goldenInput(length, seed)].map((value) => value - 0.5);
}

/** A sequential model, with weights that preserve the magnitude of the values. */
function writeModel(layers: readonly Layer[], outputs: number): Uint8Array {
  const nodes: Node[] = [];
  const initializers: Record<string, Tensor> = {};
  let value = 'image';
  layers.forEach(({ operator, attributes = {}, weight, bias }, index) => {
    const inputs = [value];
    if (weight) {
      const length = weight.reduce((product, size) => product * size, 1);
      const values = numbers(length, index).map((each) => (each * 4) / Math.sqrt(length / weight[0]));
      initializers[`weight${index}`] = { type: 'float32', shape: weight, values };
      inputs.push(`weight${index}`);
      if (bias) {
        initializers[`bias${index}`] = { type: 'float32', shape: [weight[0]], values: numbers(weight[0], 100 + index) };
        inputs.push(`bias${index}`);
      }
    }
    value = `value${index}`;
    nodes.push({ operator, inputs, output: value, attributes });
  });
  return writeOnnx(nodes, initializers, [1, outputs]);
}

/** Convolutions, pools and matrix products of many kinds; from 28x28 to 5 numbers. */
const manyKinds: readonly Layer[] = [
  { operator: 'Conv', weight: [16, 1, 5, 3], attributes: { pads: [2, 1, 1, 0] }, bias: true },
  { operator: 'Relu' },
  { operator: 'Conv', weight: [32, 16, 3, 3], attributes: { dilations: [2, 3], pads: [2, 3, 2, 3] }, bias: true },
  { operator: 'Conv', weight: [20, 32, 1, 1] },
  { operator: 'Relu' },
  { operator: 'MaxPool', attributes: { kernel_shape: [3, 2], strides: [2, 1] } },
  { operator: 'Conv', weight: [48, 20, 3, 5], attributes: { strides: [1, 3], pads: [0, 0, 1, 3] }, bias: true },
  { operator: 'Relu' },
  { operator: 'Conv', weight: [7, 48, 3, 3], bias: true },
  { operator: 'Conv', weight: [16, 7, 3, 7], bias: true },
  { operator: 'Flatten' },
  {
    operator: 'Gemm',
    weight: [70, 128],
    attributes: { transB: 1, alpha: { float: 1 }, beta: { float: 1 } },
    bias: true,
  },
  { operator: 'Relu' },
  { operator: 'Gemm', weight: [5, 70], attributes: { transB: 1 }, bias: true },
];

const averaged: readonly Layer[] = [
  { operator: 'Conv', weight: [24, 1, 3, 3], attributes: { strides: [4, 4] }, bias: true },
  { operator: 'GlobalAveragePool' },
  { operator: 'Flatten' },
];

/** @param values that are outputs, too */
async function compile(file: Uint8Array, ...values: readonly string[]) {
  const model = readOnnx(file);
  const whole = values.reduce(withOutput, file);
  return compileWasm(whole, { ...model, outputs: [...model.outputs, ...values] }, collectWeights(whole, model));
}

void test('layers of all kinds become a small program that is bit-identical to ONNX Runtime', async () => {
  // Compiled programs are compared with ONNX Runtime before they are returned.
  for (const [layers, outputs] of [
    [manyKinds, 5],
    [averaged, 24],
  ] as const) {
    const { program } = await compile(writeModel(layers, outputs));
    assert.ok(program.length < 20_000, `${program.length} bytes`);
  }
});

void test('intermediate values are outputs if the model declares them', async () => {
  // After a convolution, a flattened average, and a ReLU.
  const attributes = { transB: 1 };
  const head: readonly Layer[] = [
    { operator: 'Conv', weight: [24, 24, 3, 3], bias: true },
    { operator: 'GlobalAveragePool' },
    { operator: 'Flatten' },
    { operator: 'Gemm', weight: [40, 24], attributes, bias: true },
    { operator: 'Relu' },
    { operator: 'Gemm', weight: [5, 40], attributes, bias: true },
  ];
  const { outputs } = await compile(writeModel([averaged[0], ...head], 5), 'value0', 'value3', 'value5');
  const lengths = Object.entries(outputs).map(([name, { length }]) => [name, length]);
  assert.deepEqual(lengths, [
    ['value6', 5],
    ['value0', 24 * 7 * 7],
    ['value3', 24],
    ['value5', 40],
  ]);
});

void test('a value without a layer of its own, or with padding, is rejected as an output', async () => {
  const conv: Layer = { operator: 'Conv', weight: [16, 1, 3, 3], bias: true };
  const padded: Layer = { operator: 'Conv', weight: [16, 16, 3, 3], attributes: { pads: [1, 1, 1, 1] } };
  const rest: readonly Layer[] = [{ operator: 'Relu' }, padded, ...averaged.slice(1)];
  const file = writeModel([conv, ...rest], 16);
  await assert.rejects(compile(file, 'value0'), /No supported layer computes its output value0/);
  await assert.rejects(compile(file, 'value1'), /The layer after its output value1 needs zeros/);
});

void test('weights stored as float16 are expanded like in ONNX Runtime, including subnormal ones', async () => {
  const bits = Array.from(
    { length: 17 * 9 },
    (_, index) => (index % 7 ? (index * 6007) % 0x4400 : index) | ((index % 2) << 15),
  );
  const nodes: Node[] = [
    { operator: 'Cast', inputs: ['half'], output: 'weight', attributes: { to: 1 } },
    { operator: 'Conv', inputs: ['image', 'weight'], output: 'value' },
    { operator: 'GlobalAveragePool', inputs: ['value'], output: 'average' },
    { operator: 'Flatten', inputs: ['average'], output: 'answer' },
  ];
  const half: Tensor = { type: 'float16', shape: [17, 1, 3, 3], values: bits };
  const { program } = await compile(writeOnnx(nodes, { half }, [1, 17]));
  // The weights are in the model's file, not in the program.
  assert.ok(program.length < 5000, `${program.length} bytes`);
});

void test('a model with an unknown layer is rejected, with a message that names an alternative', async () => {
  const layers = [...averaged, { operator: 'Softmax' } as const];
  await assert.rejects(compile(writeModel(layers, 24)), {
    name: 'UnsupportedLayerError',
    message: /^Softmax \(value3\) is not supported\. .* ONNX Runtime runs .* URL/,
  });
});

void test('the command names the layer that it cannot compile, and fails', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'compile-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'other.onnx');
  writeFileSync(file, writeModel([...averaged, { operator: 'Softmax' }], 24));
  const command = ['--import', 'tsx', 'models/compile/compile.ts', '--model', file, '--output', join(folder, 'out')];
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^other\.onnx: Softmax \(value3\) is not supported\. .* URL/);
  assert.deepEqual(readdirSync(folder), ['other.onnx']);
});

void test("attributes that change a layer's result are not ignored", () => {
  const read = (layers: readonly Layer[]) => {
    const file = writeModel(layers, 16);
    const model = readOnnx(file);
    return readLayers(model, collectWeights(file, model).tensors, file);
  };
  const flatten: Layer = { operator: 'Flatten' };
  const conv = { operator: 'Conv', weight: [16, 1, 3, 3] } as const;
  const gemm = { operator: 'Gemm', weight: [16, 784] } as const;
  for (const [layers, reason] of [
    [[{ ...conv, attributes: { auto_pad: 'SAME_UPPER' } }], /auto_pad/],
    [[{ ...conv, attributes: { group: 2 } }], /group/],
    [[{ operator: 'MaxPool', attributes: { kernel_shape: [2, 2], ceil_mode: 1 } }], /ceil_mode/],
    [[{ operator: 'MaxPool', attributes: { kernel_shape: [2, 2], pads: [1, 1, 1, 1] } }], /pads/],
    [[flatten, { ...gemm, attributes: { transB: 1, alpha: { float: 2 } } }], /alpha/],
    [[{ operator: 'Flatten', attributes: { axis: 2 } }], /axis/],
  ] as const satisfies readonly (readonly [readonly Layer[], RegExp])[]) {
    assert.throws(
      () => read(layers),
      (error: Error) => / is not supported: its attribute /.test(error.message) && reason.test(error.message),
    );
  }
  assert.throws(() => read([{ operator: 'Relu' }]), /^UnsupportedLayerError: Relu \(value0\) is not supported\. /);
  assert.doesNotThrow(() => read([conv]));
  assert.doesNotThrow(() => read([flatten, { ...gemm, attributes: { transB: 1 } }]));
});

void test('an input whose height or width may vary is rejected, one with any number of images is not', () => {
  const conv: Node = { operator: 'Conv', inputs: ['image', 'weight'], output: 'value' };
  const weight: Tensor = { type: 'float32', shape: [16, 1, 3, 3], values: numbers(144, 1) };
  const read = (shape: readonly (number | null)[]) => {
    const file = writeOnnx([conv], { weight }, null, shape);
    const model = readOnnx(file);
    return readLayers(model, collectWeights(file, model).tensors, file);
  };
  for (const [shape, sizes] of [
    [[1, 1, null, 28], '1, 1, \\?, 28'],
    [[1, 1, 28, null], '1, 1, 28, \\?'],
    [[null, null, 28, 28], '\\?, \\?, 28, 28'],
  ] as const) {
    assert.throws(() => read(shape), new RegExp(`Only the first axis .*"image".*\\[${sizes}\\]`));
  }
  assert.throws(() => read([1, 28, 28]), /"image" is not an image/);
  assert.doesNotThrow(() => read([null, 1, 28, 28]));
});

void test('a ReLU that does not directly follow its layer is not fused with it', () => {
  const conv: Layer = { operator: 'Conv', weight: [16, 1, 3, 3] };
  const file = writeModel([conv, { operator: 'Flatten' }, { operator: 'Relu' }], 16 * 26 * 26);
  const model = readOnnx(file);
  assert.throws(() => readLayers(model, collectWeights(file, model).tensors, file), /^UnsupportedLayerError: Relu/);
});

void test('a program that adds in another order is rejected', async () => {
  const file = writeModel(manyKinds, 5);
  const model = readOnnx(file);
  const weights = collectWeights(file, model);
  const { layers, outputs } = readLayers(model, weights.tensors, file);
  const order = { partial: 7, bias: 'last' } as const;
  const answer = (input: Float32Array) =>
    Promise.resolve(
      new Map([
        [
          outputs[0].name,
          layers.reduce((value, layer) => calculate(layer, value, { ...order, partial: 2 ** 20 }), input),
        ],
      ]),
    );
  const program = assemble(
    layers.map((layer) => ({ layer, order })),
    outputs,
    file.length,
  );
  await assert.rejects(checkProgram(program, weights, answer), /differently from ONNX Runtime/);
});

void test('an order that none of the candidates reproduces is rejected', async () => {
  const file = writeModel(averaged, 24);
  const model = readOnnx(file);
  const { layers } = readLayers(model, collectWeights(file, model).tensors, file);
  const ask = () => Promise.resolve(new Float32Array(24 * 7 * 7).fill(1));
  await assert.rejects(learnOrders(layers, goldenInput(784, 1), ask), /in an order that is not known/);
});
