import { expect } from '@open-wc/testing';
import { timeLimits } from '../../src/inference/engines/time-limits.js';
import { mnistTest } from '../support/mnist.js';
import { describeOnSoftwareGpu } from '../support/software-gpu.js';
import {
  createFaultyWorkers,
  echo,
  failure,
  faulty,
  firstTen,
  makeService,
  picture,
  releaseServices,
  runtimeUrls,
  WorkerWatch,
} from './support.js';

const refuseAdapter = `navigator.gpu.requestAdapter = async () => null;`;
const refuseDevice = `GPUAdapter.prototype.requestDevice = async () => { throw new Error('too many devices'); };`;
/** A software adapter that claims to be a real one, so that `auto` takes it. */
const claimReal = `Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: false });`;
/** Loses the device on request. */
const loseOnCall = `
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...parameters) {
    const device = await requestDevice.apply(this, parameters);
    new BroadcastChannel('lose-device').onmessage = () => device.destroy();
    return device;
  };`;
/** Loses the device during the page's first run. */
const loseInRun = `
  let device;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...parameters) {
    return (device = await requestDevice.apply(this, parameters));
  };
  const serve = self.onmessage;
  self.onmessage = (event) => { serve(event); if (event.data.command === 'run') setTimeout(() => device.destroy()); };`;
const hang = `
  const serve = self.onmessage;
  self.onmessage = (event) => { if (event.data.command === 'run') for (;;); serve(event); };`;

function loseDevice(): void {
  const channel = new BroadcastChannel('lose-device');
  channel.postMessage('now');
  channel.close();
}

describeOnSoftwareGpu('InferenceService on WebGPU, when something fails', releaseServices, () => {
  for (const [name, fault, words] of [
    ['adapter', refuseAdapter, /no adapter/],
    ['device', refuseDevice, /too many devices/],
  ] as const) {
    it(`reports why the browser refuses the ${name}, and downloads nothing for it`, async () => {
      const watch = new WorkerWatch(createFaultyWorkers(fault));
      const service = makeService({ model: firstTen, backend: 'webgpu' }, { createWorker: watch.createWorker });
      const error = await failure(service.ready);
      expect(error.code).to.equal('webgpu-unavailable');
      expect(error.message).to.match(words);
      expect(service.progress.total).to.equal(0);
      expect(watch.alive.size).to.equal(0);
    });

    it(`falls back to WASM with auto when the browser refuses the ${name}`, async () => {
      const watch = new WorkerWatch(createFaultyWorkers(`${claimReal}${fault}`, ''));
      const service = makeService({ model: firstTen, backend: 'auto' }, { createWorker: watch.createWorker });
      expect([...(await service.infer(picture(1), 1))]).to.deep.equal(echo(1));
      expect(service.backend).to.equal('wasm');
      expect(watch.all).to.have.length(2);
      expect(watch.alive.size).to.equal(1);
    });
  }

  it('falls back to WASM with auto if there is only a software adapter', async () => {
    const software = `Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: true });`;
    const watch = new WorkerWatch(createFaultyWorkers(software, ''));
    const service = makeService({ model: firstTen, backend: 'auto' }, { createWorker: watch.createWorker });
    await service.ready;
    expect(service.backend).to.equal('wasm');
  });

  it('falls back to WASM with auto if the wasm file for WebGPU is missing', async () => {
    const { wasm } = runtimeUrls;
    const service = makeService(
      { model: firstTen, backend: 'auto' },
      {
        urls: { ...runtimeUrls, wasm: { ...wasm, jspi: faulty('missing', wasm.jspi) } },
        createWorker: createFaultyWorkers(claimReal, ''),
      },
    );
    expect([...(await service.infer(picture(1), 1))]).to.deep.equal(echo(1));
    expect(service.backend).to.equal('wasm');
  });

  it('takes WebGPU with auto in the end if its download was only cut off', async () => {
    const { wasm } = runtimeUrls;
    const cut = { ...wasm, jspi: `${faulty('once', wasm.jspi)}?auto`, wasm: faulty('cut', wasm.wasm) };
    const service = makeService(
      { model: firstTen, backend: 'auto' },
      { urls: { ...runtimeUrls, wasm: cut }, createWorker: createFaultyWorkers(claimReal, '', claimReal) },
    );
    expect((await failure(service.ready)).code).to.equal('network');
    await service.ready;
    expect(service.backend).to.equal('webgpu');
  });

  it('answers on a new device after one was lost, while idle and with pending calls', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(loseOnCall));
    const service = makeService({ model: firstTen, backend: 'webgpu' }, { createWorker: watch.createWorker });
    await service.ready;
    const statuses: string[] = [];
    service.addEventListener('statuschange', () => statuses.push(service.status));
    const recovered = new Promise<void>((resolve) =>
      service.addEventListener('statuschange', () => service.status === 'ready' && resolve(), { once: false }),
    );
    loseDevice();
    await recovered;
    expect(statuses).to.deep.equal(['loading', 'ready']);

    const answers = Array.from({ length: 20 }, (_, index) => service.infer(picture(index), 1));
    await answers[3];
    loseDevice();
    expect((await Promise.all(answers)).map((logits) => [...logits])).to.deep.equal(answers.map((_, i) => echo(i)));
    expect(service.backend).to.equal('webgpu');
    expect(watch.alive.size).to.equal(1);
  });

  it('loses no request when the device is lost during its run', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(loseInRun, ''));
    const service = makeService({ backend: 'webgpu' }, { createWorker: watch.createWorker });
    const { images } = await mnistTest(8);
    expect(await service.infer(images, 8)).to.have.length(80);
    expect(service.backend).to.equal('webgpu');
  });

  it('switches to WASM with auto when the device is lost twice, reports it, and loses no request', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(`${claimReal}${loseOnCall}`));
    const service = makeService({ model: firstTen, backend: 'auto' }, { createWorker: watch.createWorker });
    const backends: (string | null)[] = [];
    service.addEventListener('backendchange', () => backends.push(service.backend));
    service.addEventListener('statuschange', () => {
      if (service.status === 'ready' && service.backend === 'webgpu') loseDevice();
    });
    await service.ready;
    await new Promise<void>((resolve) =>
      service.addEventListener('backendchange', () => service.backend === 'wasm' && resolve()),
    );
    expect([...(await service.infer(picture(7), 1))]).to.deep.equal(echo(7));
    expect(backends).to.deep.equal(['webgpu', 'wasm']);
    expect(watch.all).to.have.length(3);
    expect(watch.alive.size).to.equal(1);
  });

  it('switches to WASM with auto immediately when the GPU hangs, and loses no request', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(`${claimReal}${hang}`, ''));
    const service = makeService(
      { model: firstTen, backend: 'auto' },
      { createWorker: watch.createWorker, timeLimits: { ...timeLimits, run: 1500, runPerImage: 0 } },
    );
    const answers = [1, 2, 3].map((value) => service.infer(picture(value), 1));
    expect((await Promise.all(answers)).map((logits) => [...logits])).to.deep.equal([1, 2, 3].map(echo));
    expect(service.backend).to.equal('wasm');
    expect(watch.all).to.have.length(2);
    expect(watch.alive.size).to.equal(1);
  });
});
