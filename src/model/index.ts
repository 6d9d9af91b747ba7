export { catalog, DEFAULT_MODEL, isModelName, isModelUrl, type ModelName } from './catalog.js';
export type { Convolution } from './first-layer.js';
export { goldenInput, type GoldenAnswer } from './golden-input.js';
export { DIGITS, IMAGE_LENGTH, IMAGE_SIDE, LARGEST_BATCH, MAX_COORDINATE } from './shapes.js';
export { readDescription } from './wasm-program-description.js';
export { PROGRAM_SECTION, type FloatRange, type WasmProgramDescription } from './wasm-program-format.js';
export { bufferUsage, mapMode } from './webgpu-flags.js';
export {
  bufferCapacity,
  evaluate,
  readWebGpuProgram,
  type Binding,
  type Constant,
  type WebGpuProgram,
} from './webgpu-program-format.js';
export { expandTensor, isInOrder, permute } from './weights.js';
