import { IMAGE_SIDE } from '../../../../src/model/shapes.js';
import { load, type Run } from '../load.js';

type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>;

/** Stock ONNX Runtime on the page's thread, where it is fastest. */
export async function startOnnxRuntime(ort: OnnxRuntime, provider: 'wasm' | 'webgpu'): Promise<Run> {
  const session = await ort.InferenceSession.create(await load('model.onnx'), { executionProviders: [provider] });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  return async (images, count) => {
    const answers = await session.run({
      [input]: new ort.Tensor('float32', images, [count, 1, IMAGE_SIDE, IMAGE_SIDE]),
    });
    return answers[output].data as Float32Array;
  };
}
