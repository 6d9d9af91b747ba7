import { expect } from '@open-wc/testing';
import { measureLatency } from '../../src/inference/engines/measure-latency.js';
import { mnistTest } from '../support/mnist.js';
import { failure } from './support.js';
import {
  disposeEngines,
  gpuWithDevices,
  loadProgram,
  outcome,
  startProgram,
  startStockWasm,
  startStockWebGpu,
} from './webgpu-program-support.js';

const timeLimits = { prepareDevice: 10_000, start: 60_000, run: 10_000, runPerImage: 2000 };

/** Bytes that say which values differ: NaN from NaN, and 0 from -0. */
const bits = (values: Float32Array) => [...new Uint32Array(values.buffer, values.byteOffset, values.length)];

/** Answers to consecutive batches of these sizes, all together. */
async function readInBatches(
  run: (images: Float32Array, count: number) => Promise<Float32Array>,
  images: Float32Array,
  sizes: readonly number[],
): Promise<Float32Array> {
  const answers: number[] = [];
  let first = 0;
  for (const size of sizes) {
    answers.push(...(await run(images.slice(784 * first, 784 * (first + size)), size)));
    first += size;
  }
  return Float32Array.from(answers);
}

describe('a model compiled for WebGPU', function () {
  // A software adapter is slow, and slower beside other work.
  this.timeout(180_000);

  afterEach(disposeEngines);

  // 74 pictures.
  const sizes = [1, 64, 7, 2];

  for (const model of ['compact', 'reference'] as const) {
    it(`answers with the very bits of ONNX Runtime on WebGPU, and within 1e-4 of it on WASM (${model})`, async () => {
      const { images } = await mnistTest(74);
      const engine = await startProgram(model, { timeLimits });
      const ours = await readInBatches((each, count) => engine.run(each, count), images, sizes);
      const stock = await readInBatches(await startStockWebGpu(model), images, sizes);
      expect(bits(ours)).to.deep.equal(bits(stock));
      const wasm = await (await startStockWasm(model))(images);
      expect(Math.max(...ours.map((value, index) => Math.abs(value - wasm[index])))).to.be.below(1e-4);
    });
  }

  it('answers a picture alone as it answers it among others', async () => {
    const { images } = await mnistTest(12);
    const engine = await startProgram('compact', { timeLimits });
    const together = await engine.run(images, 12);
    expect(bits(await readInBatches((each, count) => engine.run(each, count), images, [1, 3, 1, 5, 2]))).to.deep.equal(
      bits(together),
    );
  });

  it('answers the same when its buffers are full of NaN to begin with', async () => {
    const { images } = await mnistTest(5);
    let poisoned = 0;
    const poison = (device: GPUDevice) => {
      const createBuffer = device.createBuffer.bind(device);
      device.createBuffer = (descriptor) => {
        const buffer = createBuffer(descriptor);
        // STORAGE and COPY_DST: what a run computes with.
        if ((descriptor.usage & 0x88) === 0x88) {
          device.queue.writeBuffer(buffer, 0, new Float32Array(descriptor.size / 4).fill(NaN));
          poisoned += 1;
        }
        return buffer;
      };
    };
    const clean = await startProgram('compact');
    const dirty = await startProgram('compact', { gpu: gpuWithDevices(poison) });
    for (const count of [1, 5]) {
      const some = images.subarray(0, 784 * count);
      expect(bits(await dirty.run(some, count))).to.deep.equal(bits(await clean.run(some, count)));
    }
    expect(poisoned).to.be.above(2);
  });

  it('keeps 24 runs of all sizes apart that are under way at once, and answers them in order', async () => {
    const { images } = await mnistTest(24);
    const engine = await startProgram('compact', { timeLimits });
    const together = await engine.run(images, 24);
    const order: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const count = 1 + (index % 3);
        const first = Math.min(index, 24 - count);
        const pictures = images.slice(784 * first, 784 * (first + count));
        const running = engine.run(pictures, count);
        // The caller may go on with its array.
        pictures.fill(NaN);
        const answer = await running;
        order.push(index);
        return [bits(answer), bits(together.slice(10 * first, 10 * (first + count)))];
      }),
    );
    for (const [answer, expected] of answers) expect(answer).to.deep.equal(expected);
    expect(order).to.deep.equal(Array.from({ length: 24 }, (_, index) => index));
  });

  it('says so when its device is lost, and answers no more', async () => {
    let device!: GPUDevice;
    const engine = await startProgram('compact', { gpu: gpuWithDevices((made) => (device = made)) });
    const picture = new Float32Array(784);
    await engine.run(picture, 1);
    const running = Array.from({ length: 3 }, () => outcome(engine.run(picture, 1)));
    device.destroy();
    expect((await engine.lost).code).to.equal('device-lost');
    for (const error of await Promise.all(running)) expect(error?.code ?? 'device-lost').to.equal('device-lost');
    expect((await failure(engine.run(picture, 1))).code).to.equal('device-lost');
  });

  it('gives up a run that takes too long', async () => {
    const limits = { ...timeLimits, run: 0, runPerImage: 0 };
    const engine = await startProgram('compact', { timeLimits: limits });
    const error = await failure(engine.run(new Float32Array(64 * 784), 64));
    expect(error.code).to.equal('timeout');
    expect(await engine.lost).to.equal(error);
  });

  it('rejects what waits when it is let go, and does not call that a loss', async () => {
    const engine = await startProgram('compact');
    let lost = false;
    void engine.lost.then(() => (lost = true));
    const running = failure(engine.run(new Float32Array(784), 1));
    engine.dispose();
    expect((await running).message).to.contain('closed');
    expect(lost).to.be.false;
  });

  it('refuses pictures of the wrong number or size, and goes on', async () => {
    const engine = await startProgram('compact');
    for (const [length, count] of [
      [784, 2],
      [0, 0],
      [784, 0.5],
      [784, NaN],
      [65 * 784, 65],
    ]) {
      expect((await failure(engine.run(new Float32Array(length), count))).code).to.equal('invalid-input');
    }
    expect(await engine.run(new Float32Array(784), 1)).to.have.length(10);
  });

  it('measures how long a picture takes', async () => {
    const engine = await startProgram('compact');
    expect(await measureLatency(engine)).to.be.within(0.01, 60_000);
  });

  it('does not start without a device', async () => {
    const device = (change: Partial<GPUAdapter>) =>
      ({
        requestAdapter: async () => Object.assign((await navigator.gpu.requestAdapter())!, change),
      }) as unknown as GPU;
    const never = new Promise<never>(() => {});
    const cases: [GPU, string, RegExp][] = [
      [{ requestAdapter: async () => null } as unknown as GPU, 'webgpu-unavailable', /no adapter/],
      [
        device({ requestDevice: () => Promise.reject(new Error('blocked')) }),
        'webgpu-unavailable',
        /no device \(blocked\)/,
      ],
      [device({ requestDevice: () => never }), 'timeout', /within 50 ms/],
      [{ requestAdapter: () => never } as unknown as GPU, 'timeout', /within 50 ms/],
    ];
    for (const [gpu, code, words] of cases) {
      const limits = { ...timeLimits, prepareDevice: 50 };
      const error = await failure(startProgram('compact', { gpu, timeLimits: limits }));
      expect(error.code).to.equal(code);
      expect(error.message).to.match(words);
    }
  });

  it('does not start on a software adapter unless that will do', async () => {
    const gpu = {
      requestAdapter: async () =>
        Object.defineProperty((await navigator.gpu.requestAdapter())!, 'info', { value: { isFallbackAdapter: true } }),
    } as unknown as GPU;
    const error = await failure(startProgram('compact', { gpu, acceptFallbackAdapter: false }));
    expect(error.code).to.equal('webgpu-unavailable');
    expect(error.message).to.contain('software');
    expect(await startProgram('compact', { gpu, acceptFallbackAdapter: true })).to.have.property('backend', 'webgpu');
  });

  it('does not start with a file of weights that is cut', async () => {
    const { weights } = await loadProgram('compact');
    expect((await failure(startProgram('compact', { weights: weights.slice(0, 50_000) }))).code).to.equal('model');
  });

  it('does not start with kernels that the device does not take', async () => {
    const { program } = await loadProgram('compact');
    const damages: [string, string][] = [
      ['@compute @workgroup_size', '@vertex @workgroup_size'],
      ['array<f32>', 'array<f64>'],
      ['workgroup_size_x: u32 = 64', 'workgroup_size_x: u32 = 640'],
      ['"entryPoint":"main"', '"entryPoint":"other"'],
      ['"overrides":{}', '"overrides":{"missing":1}'],
      ['"binding":4', '"binding":5'],
      ['@binding(0)', '@binding(9)'],
    ];
    for (const [good, bad] of damages) {
      expect(program, good).to.contain(good);
      const error = await outcome(startProgram('compact', { program: program.replace(good, bad) }));
      expect(error?.code, bad).to.equal('model');
    }
  });

  it('never hangs, and never fails without a code, on a damaged file', async () => {
    const { program } = await loadProgram('compact');
    for (let round = 0; round < 20; round++) {
      // Another letter or number could be a program, too: one for the self-test to find.
      const at = Math.floor(((round + 0.5) / 20) * program.length);
      const damaged = `${program.slice(0, at)}${'$#`"\\'[round % 5]}${program.slice(at + 1)}`;
      const started = startProgram('compact', { program: damaged });
      const error = await outcome(started.then((engine) => engine.run(new Float32Array(784), 1)));
      disposeEngines();
      expect(error?.code ?? 'model', damaged.slice(at - 20, at + 20)).to.equal('model');
    }
  });
});
