import { expect, waitUntil } from '@open-wc/testing';
import { assetUrls } from '../../src/inference/files/assets.js';
import { importWebGpu } from '../../src/inference/engines/webgpu/import-webgpu.js';
import { InferenceError } from '../../src/inference/inference-error.js';
import type { InferenceService } from '../../src/inference/inference-service.js';
import { wasmPrograms } from '../../src/inference/engines/wasm/wasm-programs.js';
import { mnistTest } from '../support/mnist.js';
import { describeOnSoftwareGpu } from '../support/software-gpu.js';
import { wait } from '../support/wait.js';
import { makeService, nextEvent, releaseServices, type TestEnvironment } from './support.js';

/** Makes the software adapter pass for a GPU; returns a function that undoes it. */
function claimRealAdapter(): () => void {
  const original = Object.getOwnPropertyDescriptor(GPUAdapterInfo.prototype, 'isFallbackAdapter') ?? {};
  Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: false, configurable: true });
  return () => Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', original);
}

/** Records the devices that the page gets, so that a test can lose them. */
function watchDevices(): { readonly devices: GPUDevice[]; readonly restore: () => void } {
  const devices: GPUDevice[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to an adapter below
  const original = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...parameters) {
    const device = await original.apply(this, parameters);
    devices.push(device);
    return device;
  };
  return { devices, restore: () => (GPUAdapter.prototype.requestDevice = original) };
}

const patient: Partial<TestEnvironment> = { maxLatency: 60_000, whenIdle: () => Promise.resolve() };
const makeAuto = (environment: Partial<TestEnvironment> = {}): InferenceService =>
  makeService({ backend: 'auto' }, { ...patient, ...environment });

const giveUp = (service: InferenceService): Promise<void> =>
  waitUntil(() => service.decision.givenUp.length > 0, 'WebGPU is given up', { timeout: 60_000 });

describeOnSoftwareGpu('InferenceService with auto, on a device with a GPU', releaseServices, () => {
  let restore: (() => void)[];

  beforeEach(() => {
    restore = [claimRealAdapter()];
  });

  afterEach(() => {
    for (const undo of restore) undo();
  });

  it('answers on WASM from the start; WebGPU takes over later, with the same answers', async () => {
    const { images } = await mnistTest(20);
    const service = makeAuto();
    const before = await service.infer(images, 20);
    expect(service.backend).to.equal('wasm');
    expect(service.decision.engine).to.equal('wasm-program');
    await nextEvent(service, 'backendchange');
    expect(service.backend).to.equal('webgpu');
    expect(service.status).to.equal('ready');
    expect(service.decision.engine).to.equal('webgpu-program');
    expect(service.decision.webgpuLatency).to.be.above(0);
    const after = await service.infer(images, 20);
    expect(Math.max(...after.map((value, index) => Math.abs(value - before[index])))).to.be.below(1e-4);
  });

  it('stays on WASM if WebGPU needs longer than a frame, and reports it', async () => {
    const service = makeAuto({ maxLatency: 0 });
    await service.ready;
    await giveUp(service);
    const [{ engine, error }] = service.decision.givenUp;
    expect(engine).to.equal('webgpu-program');
    expect(error.code).to.equal('webgpu-unavailable');
    expect(error.message).to.match(/takes [\d.]+ ms/);
    expect(service.backend).to.equal('wasm');
  });

  it('answers on WebGPU alone if the WASM program is unavailable, and fetches nothing larger', async () => {
    const { images } = await mnistTest(8);
    const loaded: string[] = [];
    const service = makeAuto({
      wasmPrograms: { ...wasmPrograms, compact: wasmPrograms.reference },
      importWebGpu: () => {
        loaded.push('WebGPU');
        return importWebGpu();
      },
      loadOnnxRuntime: () => {
        loaded.push('ONNX Runtime');
        return Promise.reject(new InferenceError('onnxruntime-missing', 'It is not needed.'));
      },
    });
    const answers = await service.infer(images, 8);
    const expected = await makeService().infer(images, 8);
    expect(Math.max(...answers.map((value, index) => Math.abs(value - expected[index])))).to.be.below(1e-4);
    expect(service.decision.engine).to.equal('webgpu-program');
    expect(service.decision.givenUp.map(({ engine }) => engine)).to.deep.equal(['wasm-program']);
    // Not even a second time, to take over from itself: this was decided before the answer.
    expect(loaded).to.deep.equal(['WebGPU']);
  });

  it('stays on WASM with a software adapter', async () => {
    restore.pop()?.();
    Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: true, configurable: true });
    const before = performance.getEntriesByName(assetUrls.compact.webgpu).length;
    const service = makeAuto();
    await service.ready;
    await giveUp(service);
    expect(service.decision.givenUp[0].error.message).to.contain('software adapter');
    expect(performance.getEntriesByName(assetUrls.compact.webgpu).length).to.equal(before);
    expect(service.backend).to.equal('wasm');
  });

  it('fetches nothing for WebGPU before the page is idle, nor with data saving', async () => {
    const fetched: string[] = [];
    const noting = (name: string): Partial<TestEnvironment> => ({
      importWebGpu: () => {
        fetched.push(name);
        return new Promise(() => {});
      },
    });
    let becomeIdle = () => {};
    const idle = new Promise<void>((resolve) => (becomeIdle = resolve));
    const busy = makeAuto({ ...noting('busy'), whenIdle: () => idle });
    const thrifty = makeAuto({ ...noting('thrifty'), savesData: () => true });
    await Promise.all([busy.ready, thrifty.ready]);
    await wait();
    expect(fetched).to.be.empty;
    expect([busy.backend, thrifty.backend]).to.deep.equal(['wasm', 'wasm']);
    becomeIdle();
    await wait();
    expect(fetched).to.deep.equal(['busy']);
  });

  it('returns to WASM when the device is lost, without losing a request; tries once more, and then no more', async () => {
    const { images } = await mnistTest(8);
    const { devices, restore: unwatch } = watchDevices();
    restore.push(unwatch);
    const service = makeAuto();
    const expected = await service.infer(images, 8);
    const same = (answer: Float32Array) => answer.every((value, index) => Math.abs(value - expected[index]) < 1e-4);
    await nextEvent(service, 'backendchange');
    const calls = Array.from({ length: 12 }, () => service.infer(images, 8));
    await Promise.resolve();
    devices[0].destroy();
    expect((await Promise.all(calls)).every(same)).to.be.true;
    await waitUntil(() => devices.length === 2 && service.backend === 'webgpu', 'WebGPU takes over again', {
      timeout: 60_000,
    });
    devices[1].destroy();
    await nextEvent(service, 'backendchange');
    expect(service.backend).to.equal('wasm');
    expect(service.decision.givenUp.map(({ error }) => error.code)).to.deep.equal(['device-lost']);
    expect(same(await service.infer(images, 8))).to.be.true;
    expect(devices).to.have.length(2);
    expect(service.status).to.equal('ready');
  });

  it('rejects a GPU that answers incorrectly', async () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to a queue below
    const original = GPUQueue.prototype.writeBuffer;
    GPUQueue.prototype.writeBuffer = function (this: GPUQueue, ...[buffer, offset, data, ...rest]) {
      const wrong = data instanceof Float32Array ? data.map((value) => value / 2) : data;
      Reflect.apply(original, this, [buffer, offset, wrong, ...rest]);
    };
    restore.push(() => (GPUQueue.prototype.writeBuffer = original));
    const service = makeAuto();
    await service.ready;
    await giveUp(service);
    expect(service.decision.givenUp[0].error).to.be.instanceOf(InferenceError).with.property('code', 'program');
    expect(service.backend).to.equal('wasm');
  });
});
