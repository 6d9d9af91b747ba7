/** Features that ONNX Runtime uses if the adapter has them. */
const optionalFeatures: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

/** The limits that ONNX Runtime raises to the adapter's when it creates a device itself. */
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
 * Describes the device that ONNX Runtime would request. It is requested before ONNX Runtime starts: a failed request of
 * its own would leave ONNX Runtime broken for the worker's lifetime.
 */
export function describeDevice({ features, limits }: GPUAdapter): GPUDeviceDescriptor {
  return {
    requiredFeatures: optionalFeatures.filter((feature) => features.has(feature)),
    requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, limits[limit]])),
  };
}
