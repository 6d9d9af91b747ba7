import { expect } from '@open-wc/testing';
import * as ort from 'onnxruntime-web/wasm';
import { assetUrls } from '../../src/inference/files/assets.js';
import { convolve } from '../../src/explain/convolve.js';
import { readFirstLayer } from '../../src/model/first-layer.js';
import { mnistTest } from '../support/mnist.js';
import { withOutput, writeOnnx, type Node, type Tensor } from '../support/write-onnx.js';
import { failure, firstTen, makeService, releaseServices } from '../inference/support.js';

/** Stock ONNX Runtime's output for an image, at one of the model's outputs. */
async function byOnnxRuntime(model: Uint8Array, image: Float32Array, output: string): Promise<ort.Tensor> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
  const session = await ort.InferenceSession.create(model);
  const answer = await session.run({ image: new ort.Tensor('float32', image, [1, 1, 28, 28]) });
  await session.release();
  return answer[output];
}

async function expectSame(model: Uint8Array, image: Float32Array, expected: ort.Tensor): Promise<void> {
  const { maps, width, height } = convolve(image, readFirstLayer(model));
  expect([1, maps.length, height, width]).to.deep.equal(expected.dims);
  const values = expected.data as Float32Array;
  let furthest = 0;
  maps.forEach((map, filter) => {
    map.forEach(
      (value, index) => (furthest = Math.max(furthest, Math.abs(value - values[filter * map.length + index]))),
    );
  });
  expect(furthest).to.be.below(1e-5);
  // Not all the same, or the comparison would say little.
  expect(new Set(values).size).to.be.above(50);
}

const file = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** Numbers between -1 and 1, always the same. */
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => Math.sin(index * 1.7 + 0.3));

const conv = (weights: string, attributes: Node['attributes'] = {}, bias = 'bias'): Node => ({
  operator: 'Conv',
  inputs: bias ? ['image', weights, bias] : ['image', weights],
  output: 'maps',
  attributes,
});
const weights: Tensor = { type: 'float32', shape: [3, 1, 3, 5], values: numbers(45) };
const bias: Tensor = { type: 'float32', shape: [3], values: [0.5, -0.25, 0] };
const steps = (type: 'int8' | 'uint8'): Tensor => ({
  type,
  shape: [3, 1, 3, 5],
  values: numbers(45).map((value) => Math.round(value * 100) + (type === 'uint8' ? 128 : 0)),
});
const scale: Tensor = { type: 'float32', shape: [3], values: [0.01, 0.02, 0.005] };

describe('the first layer', () => {
  let image: Float32Array;

  before(async () => {
    ({ images: image } = await mnistTest(1));
  });

  afterEach(releaseServices);

  for (const [name, filters] of [
    ['compact', 16],
    ['reference', 32],
  ] as const) {
    it(`of ${name} computes the same feature maps as ONNX Runtime`, async () => {
      const model = await file(assetUrls[name].model);
      const expected = await byOnnxRuntime(withOutput(model, 'relu1'), image, 'relu1');
      expect(expected.dims).to.deep.equal([1, filters, 26, 26]);
      await expectSame(model, image, expected);
      expect(Math.min(...(expected.data as Float32Array)), 'rectified').to.equal(0);
    });
  }

  const models: Readonly<
    Record<string, readonly [nodes: readonly Node[], initializers: Readonly<Record<string, Tensor>>]>
  > = {
    'plain weights, without a bias': [[conv('weights', {}, '')], { weights }],
    'a ReLU after it': [
      [conv('weights'), { operator: 'Relu', inputs: ['maps'], output: 'rectified' }],
      { weights, bias },
    ],
    'pads, strides and dilations': [
      [conv('weights', { pads: [2, 1, 0, 3], strides: [2, 3], dilations: [1, 2] })],
      { weights, bias },
    ],
    'SAME_UPPER padding': [[conv('weights', { auto_pad: 'SAME_UPPER', strides: [2, 3] })], { weights, bias }],
    'SAME_LOWER padding': [[conv('weights', { auto_pad: 'SAME_LOWER', strides: [2, 3] })], { weights, bias }],
    'weights from Constant nodes': [
      [
        { operator: 'Constant', inputs: [], output: 'stored', attributes: { value: weights } },
        { operator: 'Identity', inputs: ['stored'], output: 'weights' },
        conv('weights'),
      ],
      { bias },
    ],
    'int8 weights with one scale per filter': [
      [
        {
          operator: 'DequantizeLinear',
          inputs: ['steps', 'scale', 'zero'],
          output: 'weights',
          attributes: { axis: 0 },
        },
        conv('weights'),
      ],
      { steps: steps('int8'), scale, zero: { type: 'int8', shape: [3], values: [0, 5, 250] }, bias },
    ],
    'uint8 weights with one scale': [
      [{ operator: 'DequantizeLinear', inputs: ['steps', 'scale', 'zero'], output: 'weights' }, conv('weights')],
      {
        steps: steps('uint8'),
        scale: { type: 'float32', shape: [], values: [0.01] },
        zero: { type: 'uint8', shape: [], values: [128] },
        bias,
      },
    ],
  };
  for (const [name, [nodes, initializers]] of Object.entries(models)) {
    it(`is found and applied like in ONNX Runtime: ${name}`, async () => {
      const model = writeOnnx(nodes, initializers);
      await expectSame(model, image, await byOnnxRuntime(model, image, nodes[nodes.length - 1].output));
    });
  }

  it('is found in a file with hundreds of thousands of fields', () => {
    const pads = Array<number>(300_000).fill(0);
    const { padding } = readFirstLayer(writeOnnx([conv('weights', { pads })], { weights, bias }));
    expect(padding)
      .to.have.property('after')
      .with.length(pads.length - 2);
  });

  it('is computed once for each node, however often others use it', () => {
    const factors = Array.from({ length: 200 }, (_, index): Node => {
      const input = index > 0 ? `factor${index - 1}` : 'weights';
      return { operator: 'Mul', inputs: [input, input], output: `factor${index}` };
    });
    const signs: Tensor = { ...weights, values: numbers(45).map(Math.sign) };
    const layer = readFirstLayer(writeOnnx([...factors, conv('factor199')], { weights: signs, bias }));
    expect(new Set(layer.weights)).to.deep.equal(new Set([1]));
  });

  it('is provided by the service, from the file that it has loaded', async () => {
    const service = makeService({ model: 'reference' });
    const requested: string[] = [];
    const { fetch } = globalThis;
    // Not the page's resource timings: an entry may be added after the response has been used.
    globalThis.fetch = (input, init) => {
      requested.push(input instanceof Request ? input.url : String(input));
      return fetch(input, init);
    };
    try {
      await service.infer(image, 1);
      const layer = await service.firstLayer();
      expect(layer.filters).to.equal(32);
    } finally {
      globalThis.fetch = fetch;
    }
    expect(requested.filter((url) => url.includes('reference.onnx'))).to.have.lengthOf(1);
  });

  it('is rejected with the reason if it cannot be shown', async () => {
    const none = await failure(makeService({ model: firstTen }).firstLayer());
    expect(none).to.include({ code: 'model' });
    expect(none.message).to.include('no convolution reads the picture itself');
    const computed: Node = { operator: 'Add', inputs: ['weights', 'weights'], output: 'sum' };
    expect(() => readFirstLayer(writeOnnx([computed, conv('sum')], { weights, bias }))).to.throw(/operator Add/);
    const colored: Tensor = { type: 'float32', shape: [3, 3, 3, 5], values: numbers(135) };
    expect(() => readFirstLayer(writeOnnx([conv('weights')], { weights: colored, bias }))).to.throw(/\[3, 3, 3, 5\]/);
    expect(() => readFirstLayer(new TextEncoder().encode('not a model at all'))).to.throw(RangeError);
    const whole = writeOnnx([conv('weights')], { weights, bias });
    // Up to the point where only the versions of the operators are missing, which are not read.
    const versions = 6;
    for (let length = 0; length < whole.length - versions; length += 1) {
      expect(() => readFirstLayer(whole.subarray(0, length)), `${length} bytes`).to.throw(RangeError);
    }
  });
});
