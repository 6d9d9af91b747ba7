import { describeThrown } from '../inference-error.js';
import { requireGpu, unavailable } from './require-gpu.js';

/** TypeScript's DOM types do not know https://www.w3.org/TR/webgpu/#dom-gpurequestadapteroptions-featurelevel yet. */
type AdapterOptions = GPURequestAdapterOptions & { featureLevel?: 'core' | 'compatibility' };

export interface AdapterRequest {
  readonly gpu: GPU | undefined;
  /** Whether a software adapter will do. */
  readonly acceptFallbackAdapter: boolean;
  /** What to ask of the browser, one after the other, until it gives an adapter. */
  readonly adapters?: readonly AdapterOptions[];
}

export interface DeviceRequest extends AdapterRequest {
  /** What to ask of the adapter. */
  readonly describe: (adapter: GPUAdapter) => GPUDeviceDescriptor;
}

/**
 * Gets a WebGPU device.
 * @throws {InferenceError} `webgpu-unavailable`, saying why
 */
export async function requestDevice(request: DeviceRequest): Promise<GPUDevice> {
  const adapter = await requireAdapter(request);
  try {
    return await adapter.requestDevice(request.describe(adapter));
  } catch (error) {
    throw unavailable(`the adapter gave no device (${describeThrown(error)})`);
  }
}

/**
 * Gets an adapter: before anything is fetched, it shows whether WebGPU is available at all.
 * @throws {InferenceError} `webgpu-unavailable`, saying why
 */
export async function requireAdapter(request: AdapterRequest): Promise<GPUAdapter> {
  const { acceptFallbackAdapter, adapters = [{}] } = request;
  const gpu = requireGpu(request.gpu);
  const adapter = await requestAdapter(
    gpu,
    acceptFallbackAdapter ? [...adapters, { forceFallbackAdapter: true }] : adapters,
  );
  if (!adapter) throw unavailable('the browser gave no adapter, for want of a GPU, a driver or permission');
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
    throw unavailable(`the browser gave no adapter (${describeThrown(error)})`);
  }
}
