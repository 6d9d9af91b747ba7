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
 * A device as ONNX Runtime would make it. It is made before ONNX Runtime is there: a device that ONNX Runtime fails to
 * make leaves it broken for the worker's whole life.
 */
export function describeDevice({ features, limits }: GPUAdapter): GPUDeviceDescriptor {
  return {
    requiredFeatures: optionalFeatures.filter((feature) => features.has(feature)),
    requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, limits[limit]])),
  };
}
