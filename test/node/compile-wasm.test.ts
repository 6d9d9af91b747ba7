import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { list, Reader, readSections, signed, unsigned, writeSections } from '../../models/compile/wasm/binary.js';
import { readInstruction } from '../../models/compile/wasm/freeze/instructions.js';
import { readOnnx } from '../../models/compile/onnx.js';
import { collectWeights } from '../../models/compile/weights.js';
import { expandTensor, permute } from '../../src/model/weights.js';

const model = readFileSync(new URL('../../models/compact.onnx', import.meta.url));

void test('numbers are written as they are read', () => {
  for (const value of [0, 1, 127, 128, 16_383, 16_384, 2 ** 32 - 1]) {
    assert.equal(new Reader(Uint8Array.from(unsigned(value))).unsigned(), value);
  }
  for (const value of [0n, -1n, 63n, 64n, -64n, -65n, 2n ** 31n - 1n, -(2n ** 31n), 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.equal(new Reader(Uint8Array.from(signed(value))).signed(), value);
  }
});

void test('a module is written as it was read', () => {
  const program = readFileSync(new URL('../../models/compiled/compact.program.wasm', import.meta.url));
  assert.deepEqual(Buffer.from(writeSections(readSections(program))), program);
});

void test('what is no module, or ends too early, is refused', () => {
  assert.throws(() => readSections(Buffer.from('<!doctype html>')), TypeError);
  assert.throws(() => readSections(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 200)), RangeError);
  assert.equal(new Reader(list([[1], [2, 3]])).unsigned(), 2);
});

void test('instructions that touch memory are told apart, and unknown ones refused', () => {
  const read = (...bytes: number[]) => readInstruction(new Reader(Uint8Array.from(bytes)));
  const access = (kind: string, bytes: number, offset: number, value: string | null) => ({
    kind: 'memory',
    access: { kind, bytes, offset, value },
  });
  assert.deepEqual(read(0x28, 2, 4), access('load', 4, 4, null)); // i32.load
  assert.deepEqual(read(0x39, 3, 8), access('store', 8, 8, 'f64')); // f64.store
  assert.deepEqual(read(0xfd, 0x0b, 4, 0x90, 0x01), access('store', 16, 144, 'v128')); // v128.store
  assert.deepEqual(read(0xfd, 0x09, 2, 0), access('load', 4, 0, null)); // v128.load32_splat
  assert.deepEqual(read(0xfd, 0x56, 2, 0, 1), access('load', 4, 0, 'v128')); // v128.load32_lane
  assert.deepEqual(read(0xfd, 0x5b, 3, 0, 1), access('store', 8, 0, 'v128')); // v128.store64_lane
  assert.deepEqual(read(0xfe, 0x1e, 2, 0), access('exchange', 4, 0, 'i32')); // i32.atomic.rmw.add
  assert.deepEqual(read(0xfe, 0x4a, 0, 0), access('compare-exchange', 1, 0, 'i32')); // i32.atomic.rmw8.cmpxchg_u
  assert.deepEqual(read(0x11, 3, 0), { kind: 'call-indirect' });
  assert.deepEqual(read(0xfc, 0x0a, 0, 0), { kind: 'memory-copy' });
  assert.throws(() => read(0xfb, 0), /0xfb is not known/);
  assert.throws(() => read(0x06), /0x6 is not known/);
});

void test('a model is read, and what cannot be compiled is named', () => {
  const { input, output, nodes } = readOnnx(model);
  assert.deepEqual(
    [input, output],
    [
      { name: 'image', shape: [null, 1, 28, 28] },
      { name: 'logits', shape: [null, 10] },
    ],
  );
  assert.equal(nodes.filter(({ operator }) => operator === 'Conv').length, 6);
  assert.throws(() => readOnnx(Buffer.from('not a model')), TypeError);
  assert.throws(() => readOnnx(new Uint8Array(0)), /no graph/);
});

void test('the weights are found in the file of the model', () => {
  const { file, tensors } = collectWeights(model, readOnnx(model));
  assert.deepEqual(Buffer.from(file), model);
  const parameters = tensors.reduce((sum, { values }) => sum + values.length, 0);
  // All but the ten biases of the last layer, which are too few to be worth their name.
  assert.equal(parameters, 58_602 - 10);
  for (const { name, values } of tensors) assert.ok(values.every(Number.isFinite), name);
});

void test('stored numbers are expanded as IEEE 754 and the ONNX operators have it', () => {
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
  [0, 2, 3, 0].forEach((distance, index) => view.setUint8(50 + index, distance));
  const sparse = { ...integers, shape: [2, 4], distances: { offset: 50, count: 3 } } as const;
  assert.deepEqual([...expandTensor(file, sparse)], [0.5, 0, -1, 0, 0, Math.fround(3 * Math.fround(0.1)), 0, 0]);
  assert.throws(() => expandTensor(file, { ...sparse, distances: { offset: 50, count: 30 } }), RangeError);
  assert.throws(() => expandTensor(file, { offset: 60, encoding: 'float32', shape: [2] }), RangeError);
  assert.deepEqual([...permute(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])], [1, 4, 2, 5, 3, 6]);
});
