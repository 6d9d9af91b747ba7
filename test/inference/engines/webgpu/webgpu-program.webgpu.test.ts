import { expect } from '@open-wc/testing';
import { mnistTest } from '../../../support/mnist.js';
import { describeOnSoftwareGpu } from '../../../support/software-gpu.js';
import {
  bits,
  disposeEngines,
  lengths,
  outputs,
  startProgram,
  startStockWasm,
  startStockWebGpu,
  timeLimits,
} from './webgpu-program-support.js';

type Answer = Readonly<Record<string, Float32Array | undefined>>;

/** Answers to consecutive batches of these sizes, concatenated. */
async function readInBatches(
  run: (images: Float32Array, count: number) => Promise<Answer>,
  images: Float32Array,
  sizes: readonly number[],
): Promise<Record<(typeof outputs)[number], Float32Array>> {
  const parts: Answer[] = [];
  let first = 0;
  for (const size of sizes) {
    parts.push(await run(images.slice(784 * first, 784 * (first + size)), size));
    first += size;
  }
  const join = (name: string) => Float32Array.from(parts.flatMap((part) => [...(part[name] ?? [])]));
  return { logits: join('logits'), features: join('features') };
}

describeOnSoftwareGpu('a model compiled for WebGPU', disposeEngines, () => {
  // 74 images.
  const sizes = [1, 64, 7, 2];

  for (const model of ['compact', 'reference'] as const) {
    it(`is bit-identical to ONNX Runtime on WebGPU, and within 1e-4 of it on WASM (${model})`, async () => {
      const { images } = await mnistTest(74);
      const engine = await startProgram(model, { timeLimits });
      const ours = await readInBatches((each, count) => engine.run(each, count, outputs), images, sizes);
      const stock = await readInBatches(await startStockWebGpu(model), images, sizes);
      const wasm = await (await startStockWasm(model))(images);
      for (const name of outputs) {
        expect(ours[name]).to.have.length(74 * lengths[model][name]);
        expect(bits(ours[name])).to.deep.equal(bits(stock[name]));
        expect(Math.max(...ours[name].map((value, index) => Math.abs(value - wasm[name][index])))).to.be.below(1e-4);
      }
    });
  }

  it('gives the same answer for an image alone and among others', async () => {
    const { images } = await mnistTest(12);
    const engine = await startProgram('compact', { timeLimits });
    const together = await engine.run(images, 12);
    const parts = await readInBatches((each, count) => engine.run(each, count), images, [1, 3, 1, 5, 2]);
    expect(bits(parts.logits)).to.deep.equal(bits(together.logits));
  });
});
