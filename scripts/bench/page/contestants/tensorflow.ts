import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { IMAGE_SIDE } from '../../../../src/model/shapes.js';
import { expandTensor, permute } from '../../../../src/model/weights.js';
import type { Layer } from '../../../shared/network.js';
import { load, type Run } from '../load.js';

type Step = (value: tf.Tensor) => tf.Tensor;

/** From the channels-first layout of ONNX to the channels-last one of TensorFlow.js: axes of convolution weights. */
const toChannelsLast = [2, 3, 1, 0];

/**
 * TensorFlow.js on its WASM backend, with SIMD and one thread, since most pages are not cross-origin isolated.
 * Convolution, bias and ReLU are fused, as by its converter; weights come from the same file.
 */
export async function startTensorFlow(): Promise<Run> {
  setWasmPaths(new URL('./', document.baseURI).href);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const [file, description] = await Promise.all([load('model.onnx'), load('network.json'), tf.setBackend('wasm')]);
  await tf.ready();
  const layers = JSON.parse(new TextDecoder().decode(description)) as Layer[];
  const steps = layers.map((layer, index) =>
    toStep(layer, layers[index - 1]?.shape ?? [1, IMAGE_SIDE, IMAGE_SIDE], file),
  );
  return (images, count) => {
    const answer = tf.tidy(() => {
      const input: tf.Tensor = tf.tensor4d(images, [count, IMAGE_SIDE, IMAGE_SIDE, 1]);
      return steps.reduce((value, step) => step(value), input);
    });
    const logits = answer.dataSync() as Float32Array;
    answer.dispose();
    return Promise.resolve(logits);
  };
}

/** @param shape of the layer's input, channels first */
function toStep(layer: Layer, shape: readonly number[], file: ArrayBuffer): Step {
  switch (layer.kind) {
    case 'convolution': {
      const sizes = toChannelsLast.map((axis) => layer.weight.shape[axis]) as [number, number, number, number];
      const values = permute(expandTensor(file, layer.weight), layer.weight.shape, toChannelsLast);
      const filter = tf.tensor4d(values, sizes);
      const bias = tf.tensor1d(expandTensor(file, layer.bias));
      const activation = layer.relu ? 'relu' : 'linear';
      return (x) => tf.fused.conv2d({ x: x as tf.Tensor4D, filter, bias, activation, strides: 1, pad: layer.padding });
    }
    case 'max-pool':
      return (x) => tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid');
    case 'average':
      return (x) => tf.mean(x, [1, 2], true);
    case 'flatten': {
      // ONNX flattens channels first.
      const isSquare = shape.slice(1).some((side) => side > 1);
      return (x) => tf.reshape(isSquare ? tf.transpose(x, [0, 3, 1, 2]) : x, [-1, layer.shape[0]]);
    }
    case 'dense': {
      // The WASM backend's `transposeB` returns wrong answers (4.22.0), so the weights are transposed here.
      const [outputs, inputs] = layer.weight.shape;
      const b = tf.tensor2d(permute(expandTensor(file, layer.weight), layer.weight.shape, [1, 0]), [inputs, outputs]);
      const bias = tf.tensor1d(expandTensor(file, layer.bias));
      const activation = layer.relu ? 'relu' : 'linear';
      return (x) => tf.fused.matMul({ a: x, b, bias, activation });
    }
  }
}
