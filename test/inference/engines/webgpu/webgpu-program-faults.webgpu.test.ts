import { expect } from '@open-wc/testing';
import { describeOnSoftwareGpu } from '../../../support/software-gpu.js';
import { failure } from '../../support.js';
import {
  disposeEngines,
  gpuWithDevices,
  loadProgram,
  outcome,
  patient,
  startProgram,
} from './webgpu-program-support.js';

describeOnSoftwareGpu('a model compiled for WebGPU, when something is wrong', disposeEngines, () => {
  it('reports a lost device, and answers no more', async () => {
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

  it('aborts a run that takes too long', async () => {
    const limits = { ...patient, run: 0, runPerImage: 0 };
    const engine = await startProgram('compact', { timeLimits: limits });
    const error = await failure(engine.run(new Float32Array(64 * 784), 64));
    expect(error.code).to.equal('timeout');
    expect(await engine.lost).to.equal(error);
  });

  it('rejects pending runs when it is disposed, and does not report a lost device', async () => {
    const engine = await startProgram('compact');
    let lost = false;
    void engine.lost.then(() => (lost = true));
    const running = failure(engine.run(new Float32Array(784), 1));
    engine.dispose();
    expect((await running).message).to.contain('closed');
    expect(lost).to.be.false;
  });

  it('rejects images of the wrong number or size, and continues', async () => {
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
    expect((await engine.run(new Float32Array(784), 1)).logits).to.have.length(10);
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
      const limits = { ...patient, prepareDevice: 50 };
      const error = await failure(startProgram('compact', { gpu, timeLimits: limits }));
      expect(error.code).to.equal(code);
      expect(error.message).to.match(words);
    }
  });

  it('does not start on a software adapter unless it is acceptable', async () => {
    const gpu = {
      requestAdapter: async () =>
        Object.defineProperty((await navigator.gpu.requestAdapter())!, 'info', { value: { isFallbackAdapter: true } }),
    } as unknown as GPU;
    const error = await failure(startProgram('compact', { gpu, acceptFallbackAdapter: false }));
    expect(error.code).to.equal('webgpu-unavailable');
    expect(error.message).to.contain('software');
    expect(await startProgram('compact', { gpu, acceptFallbackAdapter: true })).to.have.property('backend', 'webgpu');
  });

  it('does not start with a truncated weights file', async () => {
    const { weights } = await loadProgram('compact');
    expect((await failure(startProgram('compact', { weights: weights.slice(0, 50_000) }))).code).to.equal('model');
  });
});
