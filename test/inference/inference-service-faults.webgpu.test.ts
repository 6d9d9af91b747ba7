import { expect } from '@open-wc/testing';
import { mnistTest } from '../support/mnist.js';
import { describeOnSoftwareGpu } from '../support/software-gpu.js';
import {
  createFaultyWorkers,
  echo,
  failure,
  firstTen,
  makeService,
  picture,
  releaseServices,
  WorkerWatch,
} from './support.js';

const refuseAdapter = `navigator.gpu.requestAdapter = async () => null;`;
const refuseDevice = `GPUAdapter.prototype.requestDevice = async () => { throw new Error('too many devices'); };`;
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
  }

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
});
