import { load } from './contestant.js';

/** @import { Run } from './contestant.js' */
/** @typedef {Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>} OnnxRuntime */

/**
 * Stock ONNX Runtime on the page's thread, where it is quickest.
 * @param {OnnxRuntime} ort
 * @param {'wasm' | 'webgpu'} provider
 * @returns {Promise<Run>}
 */
export async function startOnnxRuntime(ort, provider) {
  const session = await ort.InferenceSession.create(await load('model.onnx'), { executionProviders: [provider] });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  return async (images, count) => {
    const answers = await session.run({ [input]: new ort.Tensor('float32', images, [count, 1, 28, 28]) });
    return /** @type {Float32Array} */ (answers[output].data);
  };
}
