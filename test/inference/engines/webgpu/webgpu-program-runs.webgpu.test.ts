import { expect } from '@open-wc/testing';
import { measureLatency } from '../../../../src/inference/engines/measure-latency.js';
import { mnistTest } from '../../../support/mnist.js';
import { describeOnSoftwareGpu } from '../../../support/software-gpu.js';
import {
  bits,
  disposeEngines,
  gpuWithDevices,
  lengths,
  outputs,
  startProgram,
  timeLimits,
} from './webgpu-program-support.js';

describeOnSoftwareGpu('a model compiled for WebGPU, run after run', disposeEngines, () => {
  it('gives the same answers if its buffers initially contain NaN', async () => {
    const { images } = await mnistTest(5);
    let poisoned = 0;
    const poison = (device: GPUDevice) => {
      const createBuffer = device.createBuffer.bind(device);
      device.createBuffer = (descriptor) => {
        const buffer = createBuffer(descriptor);
        // STORAGE and COPY_DST: the buffers that a run computes with.
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
      const [ours, theirs] = [await dirty.run(some, count, outputs), await clean.run(some, count, outputs)];
      for (const name of outputs) expect(bits(ours[name]!)).to.deep.equal(bits(theirs[name]!));
    }
    expect(poisoned).to.be.above(2);
  });

  it('keeps 24 concurrent runs of all sizes apart, and answers them in order', async () => {
    const { images } = await mnistTest(24);
    const engine = await startProgram('compact', { timeLimits });
    const together = await engine.run(images, 24, outputs);
    const order: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const count = 1 + (index % 3);
        const first = Math.min(index, 24 - count);
        const pictures = images.slice(784 * first, 784 * (first + count));
        // Every other one requests the features, too.
        const wanted = outputs.slice(0, 1 + (index % 2));
        const running = engine.run(pictures, count, wanted);
        // The caller may reuse its array.
        pictures.fill(NaN);
        const answer = await running;
        order.push(index);
        return wanted.map((name) => {
          const length = lengths.compact[name];
          return [bits(answer[name]!), bits(together[name]!.slice(length * first, length * (first + count)))];
        });
      }),
    );
    for (const [answer, expected] of answers.flat()) expect(answer).to.deep.equal(expected);
    expect(order).to.deep.equal(Array.from({ length: 24 }, (_, index) => index));
  });

  it('reads back only requested outputs', async () => {
    let readable = 0;
    const count = (device: GPUDevice) => {
      const createBuffer = device.createBuffer.bind(device);
      device.createBuffer = (descriptor) => {
        // MAP_READ
        if ((descriptor.usage & 1) === 1) readable += 1;
        return createBuffer(descriptor);
      };
    };
    const engine = await startProgram('compact', { gpu: gpuWithDevices(count) });
    for (let run = 0; run < 3; run++) {
      expect(await engine.run(new Float32Array(784), 1)).to.have.all.keys('logits');
      expect(readable).to.equal(1);
    }
    expect(await engine.run(new Float32Array(784), 1, outputs)).to.have.all.keys('logits', 'features');
    expect(readable).to.equal(2);
  });

  it('answers in order, even if the browser maps the buffers in another one', async () => {
    let first: GPUBuffer | undefined;
    let release!: () => void;
    const anotherIsMapped = new Promise<void>((resolve) => (release = resolve));
    const holdFirst = (device: GPUDevice) => {
      const createBuffer = device.createBuffer.bind(device);
      device.createBuffer = (descriptor) => {
        const buffer = createBuffer(descriptor);
        // MAP_READ
        if ((descriptor.usage & 1) === 0) return buffer;
        first ??= buffer;
        const mapAsync = buffer.mapAsync.bind(buffer);
        buffer.mapAsync = async (...range) => {
          await mapAsync(...range);
          if (buffer === first) await anotherIsMapped;
          else release();
        };
        return buffer;
      };
    };
    const engine = await startProgram('compact', { gpu: gpuWithDevices(holdFirst), timeLimits });
    const order: number[] = [];
    const runs = [0, 1, 2].map(async (index) => {
      await engine.run(new Float32Array(784), 1);
      order.push(index);
    });
    await Promise.all(runs);
    expect(order).to.deep.equal([0, 1, 2]);
  });

  it('measures the time per image', async () => {
    const engine = await startProgram('compact');
    expect(await measureLatency(engine)).to.be.within(0.01, 60_000);
  });
});
