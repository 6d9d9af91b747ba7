import { expect } from '@open-wc/testing';
import { createWorker } from '../../src/inference/engines/onnxruntime/create-worker.js';
import { mnistTest } from '../support/mnist.js';
import { describeOnSoftwareGpu } from '../support/software-gpu.js';
import { echo, firstTen, makeService, picture, releaseServices, runtimeUrls } from './support.js';

describeOnSoftwareGpu('InferenceService on WebGPU', releaseServices, () => {
  for (const model of ['compact', 'reference'] as const) {
    it(`gives the same answers as WASM (${model})`, async () => {
      const { images } = await mnistTest(20);
      const gpu = makeService({ model, backend: 'webgpu' });
      const cpu = makeService({ model, backend: 'wasm' });
      const [ours, theirs] = [await gpu.infer(images, 20), await cpu.infer(images, 20)];
      const single = await gpu.infer(images.slice(0, 784), 1);
      expect(gpu.backend).to.equal('webgpu');
      const furthest = Math.max(...ours.map((value, index) => Math.abs(value - theirs[index])));
      expect(furthest).to.be.below(1e-3);
      expect(Math.max(...single.map((value, index) => Math.abs(value - theirs[index])))).to.be.below(1e-3);
    });
  }

  it('answers 200 overlapping calls in order, while the page stays responsive', async () => {
    const service = makeService({ backend: 'webgpu' });
    await service.ready;
    const { images } = await mnistTest(200);
    const together = await makeService({ backend: 'wasm' }).infer(images, 200);

    const order: number[] = [];
    let ticksBetween = 0;
    const ticker = setInterval(() => (ticksBetween += order.length > 0 && order.length < 200 ? 1 : 0), 0);
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const logits = await service.infer(images.slice(index * 784, (index + 1) * 784), 1);
        order.push(index);
        return logits;
      }),
    );
    clearInterval(ticker);

    expect(order).to.deep.equal(Array.from({ length: 200 }, (_, index) => index));
    const largest = (values: Float32Array) => values.indexOf(Math.max(...values));
    expect(answers.map(largest)).to.deep.equal(
      answers.map((_, index) => largest(together.slice(index * 10, index * 10 + 10))),
    );
    expect(ticksBetween).to.be.above(100);
  });

  it('runs a model by its URL on WASM with auto, and fetches nothing for WebGPU', async () => {
    const fetched: string[] = [];
    const service = makeService(
      { model: firstTen, backend: 'auto' },
      {
        createWorker: (url) => {
          fetched.push(url);
          return createWorker(url);
        },
      },
    );
    expect([...(await service.infer(picture(2), 1))]).to.deep.equal(echo(2));
    expect(service.decision).to.include({ engine: 'onnxruntime-wasm' });
    expect(fetched).to.deep.equal([runtimeUrls.workers.wasm]);
  });

  it('runs the larger build in browsers that cannot suspend WebAssembly', async () => {
    const suspending = Object.getOwnPropertyDescriptor(WebAssembly, 'Suspending') ?? {};
    Reflect.deleteProperty(WebAssembly, 'Suspending');
    try {
      const watch: string[] = [];
      const service = makeService(
        { model: firstTen, backend: 'webgpu' },
        {
          createWorker: (url) => {
            watch.push(url);
            return createWorker(url);
          },
        },
      );
      expect([...(await service.infer(picture(2), 1))]).to.deep.equal(echo(2));
      expect(watch).to.deep.equal([runtimeUrls.workers.webgpu]);
    } finally {
      Object.defineProperty(WebAssembly, 'Suspending', suspending);
    }
  });
});
