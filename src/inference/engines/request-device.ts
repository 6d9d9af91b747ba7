import { describeThrown } from '../inference-error.js';
import { requireGpu, unavailable } from './require-gpu.js';

/** TypeScript's DOM types lack https://www.w3.org/TR/webgpu/#dom-gpurequestadapteroptions-featurelevel so far. */
type AdapterOptions = GPURequestAdapterOptions & { featureLevel?: 'core' | 'compatibility' };

export interface AdapterRequest {
  readonly gpu: GPU | undefined;
  /** Whether a software adapter is acceptable. */
  readonly acceptFallbackAdapter: boolean;
  /** Options to try in order, until the browser returns an adapter. */
  readonly adapters?: readonly AdapterOptions[];
}

export interface DeviceRequest extends AdapterRequest {
  /** Describes the device to request from the adapter. */
  readonly describe: (adapter: GPUAdapter) => GPUDeviceDescriptor;
}

/**
 * Requests a WebGPU device.
 * @throws {InferenceError} `webgpu-unavailable`, saying why
 */
export async function requestDevice(request: DeviceRequest): Promise<GPUDevice> {
  const adapter = await requireAdapter(request);
  try {
    return await adapter.requestDevice(request.describe(adapter));
  } catch (error) {
    throw unavailable(`the adapter returned no device (${describeThrown(error)})`);
  }
}

/**
 * Requests an adapter, to find out whether WebGPU is available before anything is fetched.
 * @throws {InferenceError} `webgpu-unavailable`, saying why
 */
export async function requireAdapter(request: AdapterRequest): Promise<GPUAdapter> {
  const { acceptFallbackAdapter, adapters = [{}] } = request;
  const gpu = requireGpu(request.gpu);
  const adapter = await requestAdapter(
    gpu,
    acceptFallbackAdapter ? [...adapters, { forceFallbackAdapter: true }] : adapters,
  );
  if (!adapter) throw unavailable('the browser returned no adapter, for lack of a GPU, a driver or permission');
  if (adapter.info.isFallbackAdapter && !acceptFallbackAdapter) throw unavailable('there is only a software adapter');
  return adapter;
}

async function requestAdapter(gpu: GPU, attempts: readonly AdapterOptions[]): Promise<GPUAdapter | null> {
  try {
    for (const options of attempts) {
      const adapter = await gpu.requestAdapter(options);
      if (adapter) return adapter;
    }
    return null;
  } catch (error) {
    throw unavailable(`the browser returned no adapter (${describeThrown(error)})`);
  }
}
