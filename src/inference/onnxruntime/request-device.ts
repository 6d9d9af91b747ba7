import { describeThrown, InferenceError } from '../inference-error.js';

/** What ONNX Runtime makes use of where the adapter has it. */
const optionalFeatures: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

/** The limits that ONNX Runtime raises to the adapter's own when it makes a device itself. */
const raisedLimits = [
  'maxBindGroups',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * Gets a device as ONNX Runtime would make it, before ONNX Runtime is there: a device that it fails to make leaves it
 * broken for the worker's whole life.
 * @param acceptFallbackAdapter whether a software adapter will do
 * @throws {InferenceError} `webgpu-unavailable`, saying why
 */
export async function requestDevice(gpu: GPU | undefined, acceptFallbackAdapter: boolean): Promise<GPUDevice> {
  if (!gpu) throw unavailable('this browser has none in workers');
  const adapter = await requestAdapter(gpu, acceptFallbackAdapter);
  if (!adapter) throw unavailable('the browser gave no adapter, for want of a GPU, a driver or permission');
  if (adapter.info.isFallbackAdapter && !acceptFallbackAdapter) throw unavailable('there is only a software adapter');
  try {
    return await adapter.requestDevice({
      requiredFeatures: optionalFeatures.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, adapter.limits[limit]])),
    });
  } catch (error) {
    throw unavailable(`the adapter gave no device (${describeThrown(error)})`);
  }
}

async function requestAdapter(gpu: GPU, acceptFallbackAdapter: boolean): Promise<GPUAdapter | null> {
  try {
    const adapter = await gpu.requestAdapter();
    return adapter ?? (acceptFallbackAdapter ? await gpu.requestAdapter({ forceFallbackAdapter: true }) : null);
  } catch (error) {
    throw unavailable(`the browser gave no adapter (${describeThrown(error)})`);
  }
}

function unavailable(reason: string): InferenceError {
  return new InferenceError('webgpu-unavailable', `WebGPU is not available: ${reason}. Use backend "auto" or "wasm".`);
}
