import { requestDevice as request } from '../../webgpu/request-device.js';

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
export function requestDevice(gpu: GPU | undefined, acceptFallbackAdapter: boolean): Promise<GPUDevice> {
  return request({
    gpu,
    acceptFallbackAdapter,
    describe: ({ features, limits }) => ({
      requiredFeatures: optionalFeatures.filter((feature) => features.has(feature)),
      requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, limits[limit]])),
    }),
  });
}
