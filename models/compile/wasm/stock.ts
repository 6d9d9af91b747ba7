/** Stock ONNX Runtime, the published package, in this process: the reference for programs. */
import * as ort from 'onnxruntime-web/wasm';
import type { OnnxModel, OnnxValue } from '../onnx.js';

/** A model's outputs by name. */
export type Outputs = ReadonlyMap<string, Float32Array>;

/** A model on stock ONNX Runtime. */
export interface StockModel {
  readonly inputLength: number;
  /** Runs one image, and returns the model's outputs by name. */
  infer(input: Float32Array): Promise<Outputs>;
  release(): Promise<void>;
}

/**
 * @param file the ONNX model
 * @throws {Error} if ONNX Runtime rejects the model
 */
export async function startStockModel(file: Uint8Array, { input, outputs }: OnnxModel): Promise<StockModel> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
  const shape = shapeOfOne(input);
  return {
    inputLength: shape.reduce((product, size) => product * size, 1),
    infer: async (values) => {
      const results = await session.run({ [input.name]: new ort.Tensor('float32', values, shape) }, outputs);
      return new Map(outputs.map((name) => [name, results[name].data as Float32Array]));
    },
    release: () => session.release(),
  };
}

/** Returns the shape for one image: a dynamic first axis is the batch. */
function shapeOfOne({ name, shape }: OnnxValue): number[] {
  return shape.map((size, axis) => {
    if (size === null && axis > 0) throw new TypeError(`Axis ${axis} of "${name}" has no fixed size.`);
    return size ?? 1;
  });
}
