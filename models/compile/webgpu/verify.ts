/** Compares a program with ONNX Runtime, in a page, on the same kind of device. */
import { goldenInput } from '../../../src/model/golden-input.js';
import { bufferUsage } from '../../../src/model/webgpu-flags.js';
import { startWebGpuProgram } from '../../../src/inference/engines/webgpu/webgpu-program.js';
import { loadModel, requestPlainDevice, type OnnxRuntimeUrls } from './onnx-runtime.js';

/** How far an answer may differ if ONNX Runtime uses other kernels for small batches. */
const TOLERANCE = 1e-4;

/** Batch sizes to compare: a single image, full buffers, and partly filled buffers. */
const batches = [1, 2, 3, 8, 1];

/**
 * Runs program and model on the same images, the program with buffers initially filled with NaN.
 * @param leastBatch smallest batch size for which every bit must match
 * @throws {Error} if they differ
 */
export async function verifyProgram(
  urls: OnnxRuntimeUrls & { readonly program: string; readonly weights: string },
  leastBatch: number,
): Promise<void> {
  const [program, weights] = await Promise.all([
    fetch(urls.program).then((response) => response.text()),
    fetch(urls.weights).then((response) => response.arrayBuffer()),
  ]);
  const model = await loadModel(urls, await requestPlainDevice());
  const names = model.outputs.map(({ name }) => name);
  const engine = await startWebGpuProgram({ program, weights, acceptFallbackAdapter: true, gpu: poisonedGpu() });
  for (const [seed, batch] of batches.entries()) {
    const images = goldenInput(batch * model.inputLength, 1000 + seed);
    const answers = await engine.run(images, batch, names);
    const expected = await model.run(images);
    const tolerance = batch < leastBatch ? TOLERANCE : 0;
    for (const name of names) {
      const [ours, theirs] = [answers[name], expected[name]];
      const differs = (value: number, index: number) => !(Math.abs(value - theirs[index]) <= tolerance);
      if (ours?.length === theirs.length && !ours.some(differs)) continue;
      const values = `${name} ${ours?.[0]}…, ${theirs[0]}…`;
      throw new Error(`The program answers ${batch} images differently from ONNX Runtime: ${values}`);
    }
  }
  engine.dispose();
}

/** The browser's WebGPU, except that new buffers are filled with NaN instead of zeros. */
function poisonedGpu(): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const adapter = await navigator.gpu.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    return Object.assign(adapter, {
      requestDevice: async (descriptor: GPUDeviceDescriptor) => poison(await requestDevice(descriptor)),
    });
  };
  return { requestAdapter } as GPU;
}

function poison(device: GPUDevice): GPUDevice {
  const createBuffer = device.createBuffer.bind(device);
  return Object.assign(device, {
    createBuffer: (descriptor: GPUBufferDescriptor) => {
      const buffer = createBuffer(descriptor);
      if ((descriptor.usage & bufferUsage.storage) !== 0 && !descriptor.mappedAtCreation) {
        device.queue.writeBuffer(buffer, 0, new Float32Array(descriptor.size / 4).fill(NaN));
      }
      return buffer;
    },
  });
}
