import { expect } from '@open-wc/testing';
import { describeDevice } from '../../../src/inference/engines/onnxruntime/worker/describe-device.js';
import { requestDevice as request } from '../../../src/inference/engines/request-device.js';
import { failure } from '../support.js';

/** Requests a device for ONNX Runtime. */
const requestDevice = (gpu: GPU | undefined, acceptFallbackAdapter: boolean) =>
  request({ gpu, acceptFallbackAdapter, describe: describeDevice });

interface FakeAdapter {
  features?: string[];
  isFallbackAdapter?: boolean;
  refuse?: Error;
}

/** A GPU that answers adapter requests in turn, and records the options. */
function fakeGpu(...adapters: (FakeAdapter | Error | null)[]) {
  const requests: GPURequestAdapterOptions[] = [];
  const descriptors: GPUDeviceDescriptor[] = [];
  const device = {} as GPUDevice;
  const gpu = {
    requestAdapter: (options: GPURequestAdapterOptions = {}) => {
      requests.push(options);
      const adapter = adapters.shift() ?? null;
      if (!adapter || adapter instanceof Error) return adapter ? Promise.reject(adapter) : Promise.resolve(null);
      return Promise.resolve({
        features: new Set(adapter.features),
        limits: new Proxy({}, { get: (_, limit) => (limit === 'maxBufferSize' ? 4096 : 8) }),
        info: { isFallbackAdapter: adapter.isFallbackAdapter ?? false },
        requestDevice: (descriptor: GPUDeviceDescriptor) => {
          descriptors.push(descriptor);
          return adapter.refuse ? Promise.reject(adapter.refuse) : Promise.resolve(device);
        },
      });
    },
  } as unknown as GPU;
  return { gpu, device, requests, descriptors };
}

describe('requestDevice', () => {
  it('requests the features and limits that ONNX Runtime uses, if the adapter supports them', async () => {
    const { gpu, device, descriptors } = fakeGpu({ features: ['shader-f16', 'timestamp-query'] });
    expect(await requestDevice(gpu, false)).to.equal(device);
    expect(descriptors[0].requiredFeatures).to.deep.equal(['shader-f16']);
    expect(descriptors[0].requiredLimits).to.include({ maxBufferSize: 4096, maxStorageBuffersPerShaderStage: 8 });
  });

  it('accepts a software adapter only on request', async () => {
    const error = await failure(requestDevice(fakeGpu({ isFallbackAdapter: true }).gpu, false));
    expect(error.code).to.equal('webgpu-unavailable');
    expect(error.message).to.contain('software');
    const { gpu, device } = fakeGpu({ isFallbackAdapter: true });
    expect(await requestDevice(gpu, true)).to.equal(device);
  });

  it('requests a software adapter if there is no other, and it is acceptable', async () => {
    const { gpu, device, requests } = fakeGpu(null, {});
    expect(await requestDevice(gpu, true)).to.equal(device);
    expect(requests).to.deep.equal([{}, { forceFallbackAdapter: true }]);
    expect((await failure(requestDevice(fakeGpu(null, {}).gpu, false))).message).to.contain('no adapter');
  });

  it('reports why there is none', async () => {
    const reasons: [GPU | undefined, RegExp][] = [
      [undefined, /there is none here/],
      [fakeGpu().gpu, /no adapter/],
      [fakeGpu(new Error('driver blocked')).gpu, /no adapter \(driver blocked\)/],
      [fakeGpu({ refuse: new Error('limits') }).gpu, /no device \(limits\)/],
    ];
    for (const [gpu, words] of reasons) {
      const error = await failure(requestDevice(gpu, true));
      expect(error.code).to.equal('webgpu-unavailable');
      expect(error.message).to.match(words).and.to.contain('"auto" or "wasm"');
    }
  });
});
