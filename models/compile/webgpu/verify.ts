/** Compares a program with ONNX Runtime, in a page, on the same kind of device. */
import { bufferUsage } from '../../../src/model/webgpu-flags.js';
import { startWebGpuProgram } from '../../../src/inference/engines/webgpu/webgpu-program.js';
import { loadModel, randomPictures, requestPlainDevice, type OnnxRuntimeUrls } from './onnx-runtime.js';

/** How far an answer may be off where ONNX Runtime has other kernels for so few pictures. */
const TOLERANCE = 1e-4;

/** Batches to compare: with a single picture, with buffers that are full, and with buffers that are not. */
const batches = [1, 2, 3, 8, 1];

/**
 * Runs program and model on the same pictures, the program with buffers that were full of NaN before it wrote them.
 * @param leastBatch from which on every bit must be the same
 * @throws {Error} when they differ
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
    const pictures = randomPictures(batch * model.inputLength, 1000 + seed);
    const answers = await engine.run(pictures, batch, names);
    const expected = await model.run(pictures);
    const tolerance = batch < leastBatch ? TOLERANCE : 0;
    for (const name of names) {
      const [ours, theirs] = [answers[name], expected[name]];
      const differs = (value: number, index: number) => !(Math.abs(value - theirs[index]) <= tolerance);
      if (ours?.length === theirs.length && !ours.some(differs)) continue;
      const values = `${name} ${ours?.[0]}…, ${theirs[0]}…`;
      throw new Error(`The program answers ${batch} pictures otherwise than ONNX Runtime: ${values}`);
    }
  }
  engine.dispose();
}

/** The browser's WebGPU, but that fresh buffers hold NaN, where the standard has zeros. */
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
