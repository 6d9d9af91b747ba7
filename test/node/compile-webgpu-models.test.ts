import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOnnx } from '../../models/compile/onnx.js';
import { compileWebGpu } from '../../models/compile/webgpu/compile-webgpu.js';
import { emit } from '../../models/compile/webgpu/emit.js';
import { collectWeights } from '../../models/compile/weights.js';
import { readWebGpuProgram } from '../../src/model/webgpu-program-format.js';

/** Reshape to [batch, 784], then Slice: answers every image with its first ten values. */
const firstTen =
  'CAg66QEKHQoFaW1hZ2UKBXNoYXBlEgRyb3dzIgdSZXNoYXBlCicKBHJvd3MKBXN0YXJ0CgNlbmQKBGF4aXMSBmxvZ2l0cyIFU2xpY2USAWcqHQgCEAdCBXNoYXBlShD//////////xADAAAAAAAAKhUIARAHQgVzdGFydEoIAAAAAAAAAAAqEwgBEAdCA2VuZEoICgAAAAAAAAAqFAgBEAdCBGF4aXNKCAEAAAAAAAAAWiAKBWltYWdlEhcKFQgBEhEKAxIBbgoCCAEKAggcCgIIHGIZCgZsb2dpdHMSDwoNCAESCQoDEgFuCgIICkIECgAQEQ==';

/** The same for exactly one image. */
const oneAtATime =
  'CAg65wEKHQoFaW1hZ2UKBXNoYXBlEgRyb3dzIgdSZXNoYXBlCicKBHJvd3MKBXN0YXJ0CgNlbmQKBGF4aXMSBmxvZ2l0cyIFU2xpY2USAWcqHQgCEAdCBXNoYXBlShABAAAAAAAAABADAAAAAAAAKhUIARAHQgVzdGFydEoIAAAAAAAAAAAqEwgBEAdCA2VuZEoICgAAAAAAAAAqFAgBEAdCBGF4aXNKCAEAAAAAAAAAWh8KBWltYWdlEhYKFAgBEhAKAggBCgIIAQoCCBwKAggcYhgKBmxvZ2l0cxIOCgwIARIICgIIAQoCCApCBAoAEBE=';

const compile = (base64: string) => {
  const model = Buffer.from(base64, 'base64');
  return compileWebGpu({ model, weights: collectWeights(model, readOnnx(model)), largestBatch: 8 });
};

test('compiles a network that is not in the package, and compares it with ONNX Runtime', async () => {
  const program = await compile(firstTen);
  assert.deepEqual([program.inputLength, program.outputs.logits.length, program.largestBatch], [784, 10, 8]);
  assert.ok(program.steps.length > 0);
  const text = new TextDecoder().decode(emit(program));
  assert.deepEqual(readWebGpuProgram(text), program);
  assert.equal(new TextDecoder().decode(emit(await compile(firstTen))), text);
});

test('reports what is wrong with a model that it cannot compile', async () => {
  await assert.rejects(compile(oneAtATime), {
    message: 'The first dimension of the input must be free, and no other; its shape is [1, 1, 28, 28].',
  });
});
