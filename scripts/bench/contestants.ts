/** Everything that is started or timed, by name, as the tables show it. */
export const titles = {
  element: '<digit-recognizer>, to the painted answer',
  'program-wasm': 'digit-recognizer, WASM program',
  'onnx-runtime-wasm': 'onnxruntime-web, wasm',
  'tensorflow-wasm': 'TensorFlow.js, wasm',
  'program-webgpu': 'digit-recognizer, WebGPU program (software)',
  'onnx-runtime-webgpu': 'onnxruntime-web, webgpu (software)',
  'element-before': '<digit-recognizer> of --against, to the painted answer',
  pad: '<digit-pad> alone, to the painted ink',
  recognize: 'recognize() alone',
} as const;

/** Each starts on a page of its own. */
export type Starter = keyof typeof titles;

/** Those that run the same network, also timed in one page. */
export const contestants = ['program-wasm', 'onnx-runtime-wasm', 'tensorflow-wasm'] as const;

export type Contestant = (typeof contestants)[number];
