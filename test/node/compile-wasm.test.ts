import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readOnnx } from '../../models/compile/onnx.js';
import { describe } from '../../models/compile/wasm/describe.js';
import { collectWeights } from '../../models/compile/weights.js';
import { program as hexadecimal } from '../../src/generated/wasm-programs/compact.js';
import { readDescription } from '../../src/model/wasm-program-description.js';
import { PROGRAM_SECTION, PROGRAM_VERSION } from '../../src/model/wasm-program-format.js';
import { expandTensor, permute } from '../../src/model/weights.js';

const model = readFileSync(new URL('../../models/compact.onnx', import.meta.url));

void test("a program's description is read back, however long it is", () => {
  const module = Buffer.from(hexadecimal, 'hex');
  const before = WebAssembly.Module.customSections(new WebAssembly.Module(module), PROGRAM_SECTION).length;
  for (const count of [1, 10, 1000, 10_000]) {
    const description = {
      version: PROGRAM_VERSION,
      model: { address: 64, length: count },
      input: { address: 0, length: 784 },
      outputs: { logits: { address: 4096, length: 10 }, features: { address: 8192, length: 64 } },
      golden: [{ seed: 1, output: new Array<number>(count).fill(0.5) }],
    } as const;
    const described = new WebAssembly.Module(describe(module, description));
    const sections = WebAssembly.Module.customSections(described, PROGRAM_SECTION);
    assert.equal(sections.length, before + 1);
    assert.deepEqual(readDescription(sections.slice(before)), description);
  }
});

void test('a model is read, and unsupported features are named', () => {
  const { input, outputs, nodes } = readOnnx(model);
  assert.deepEqual([input, outputs], [{ name: 'image', shape: [null, 1, 28, 28] }, ['logits', 'features']]);
  assert.equal(nodes.filter(({ operator }) => operator === 'Conv').length, 7);
  assert.throws(() => readOnnx(Buffer.from('not a model')), TypeError);
  assert.throws(() => readOnnx(new Uint8Array(0)), /no graph/);
});

void test("the weights are located in the model's file", () => {
  const { file, tensors } = collectWeights(model, readOnnx(model));
  assert.deepEqual(Buffer.from(file), model);
  const parameters = tensors.reduce((sum, { values }) => sum + values.length, 0);
  // All but the ten biases of the last layer, which are too few to be listed.
  assert.equal(parameters, 95_530 - 10);
  for (const { name, values } of tensors) assert.ok(values.every(Number.isFinite), name);
});

void test('stored numbers are expanded as specified by IEEE 754 and the ONNX operators', () => {
  const file = new ArrayBuffer(64);
  const view = new DataView(file);
  [0x3c00, 0xc000, 0x0001, 0x7c00, 0x8000, 0x3555].forEach((bits, index) => view.setUint16(1 + 2 * index, bits, true));
  const halves = expandTensor(file, { offset: 1, encoding: 'float16', shape: [6] });
  assert.deepEqual([...halves], [1, -2, 2 ** -24, Infinity, -0, 0.333251953125]);
  [1, -2, 3, -4].forEach((value, index) => view.setInt8(21 + index, value));
  [0.5, 0.1].forEach((value, index) => view.setFloat32(30 + 4 * index, value, true));
  const integers = { offset: 21, encoding: 'int8', shape: [2, 2], scale: { offset: 30, axis: 0 } } as const;
  assert.deepEqual(
    [...expandTensor(file, integers)],
    [0.5, -1, Math.fround(3 * Math.fround(0.1)), Math.fround(-4 * Math.fround(0.1))],
  );
  [0x87, 0xf1].forEach((pair, index) => view.setUint8(40 + index, pair));
  const halfBytes = { ...integers, offset: 40, encoding: 'uint4' } as const;
  assert.deepEqual(
    [...expandTensor(file, halfBytes)],
    [-0.5, 0, Math.fround(-7 * Math.fround(0.1)), Math.fround(7 * Math.fround(0.1))],
  );
  assert.throws(() => expandTensor(file, { ...halfBytes, offset: 63 }), RangeError);
  [0, 2, 3, 0].forEach((distance, index) => view.setUint8(50 + index, distance));
  const sparse = { ...integers, shape: [2, 4], distances: { offset: 50, count: 3 } } as const;
  assert.deepEqual([...expandTensor(file, sparse)], [0.5, 0, -1, 0, 0, Math.fround(3 * Math.fround(0.1)), 0, 0]);
  assert.throws(() => expandTensor(file, { ...sparse, distances: { offset: 50, count: 30 } }), RangeError);
  assert.throws(() => expandTensor(file, { offset: 60, encoding: 'float32', shape: [2] }), RangeError);
  assert.deepEqual([...permute(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])], [1, 4, 2, 5, 3, 6]);
});
