import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { expandTensor, permute } from '../../../../src/model/weights.js';
import { load } from './contestant.js';

/** @import { Layer } from '../../../network.js' */
/** @import { Run } from './contestant.js' */

/** @typedef {(value: tf.Tensor) => tf.Tensor} Step */

/** From the channels-first layout of ONNX to the channels-last one of TensorFlow.js: axes of convolution weights. */
const toChannelsLast = [2, 3, 1, 0];

/**
 * TensorFlow.js on its WASM backend: SIMD, and one thread, which is all that a page has that is not cross-origin
 * isolated. Convolution, bias and ReLU are one operation, as its converter makes them; weights come from the same file.
 * @returns {Promise<Run>}
 */
export async function startTensorFlow() {
  setWasmPaths(new URL('./', document.baseURI).href);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const [file, description] = await Promise.all([load('model.onnx'), load('network.json'), tf.setBackend('wasm')]);
  await tf.ready();
  const layers = /** @type {Layer[]} */ (JSON.parse(new TextDecoder().decode(description)));
  const steps = layers.map((layer, index) => toStep(layer, layers[index - 1]?.shape ?? [1, 28, 28], file));
  return (images, count) => {
    const answer = tf.tidy(() => {
      /** @type {tf.Tensor} */
      let value = tf.tensor4d(images, [count, 28, 28, 1]);
      for (const step of steps) value = step(value);
      return value;
    });
    const logits = /** @type {Float32Array} */ (answer.dataSync());
    answer.dispose();
    return Promise.resolve(logits);
  };
}

/**
 * @param {Layer} layer
 * @param {readonly number[]} shape of what it takes, channels first
 * @param {ArrayBuffer} file
 * @returns {Step}
 */
function toStep(layer, shape, file) {
  switch (layer.kind) {
    case 'convolution': {
      const sizes = toChannelsLast.map((axis) => layer.weight.shape[axis]);
      const values = permute(expandTensor(file, layer.weight), layer.weight.shape, toChannelsLast);
      const filter = tf.tensor4d(values, /** @type {[number, number, number, number]} */ (sizes));
      const bias = tf.tensor1d(expandTensor(file, layer.bias));
      const activation = layer.relu ? 'relu' : 'linear';
      return (x) =>
        tf.fused.conv2d({
          x: /** @type {tf.Tensor4D} */ (x),
          filter,
          bias,
          activation,
          strides: 1,
          pad: layer.padding,
        });
    }
    case 'max-pool':
      return (x) => tf.maxPool(/** @type {tf.Tensor4D} */ (x), layer.size, layer.size, 'valid');
    case 'average':
      return (x) => tf.mean(x, [1, 2], true);
    case 'flatten': {
      const length = layer.shape[0];
      // ONNX flattens channels first.
      const isSquare = shape.slice(1).some((side) => side > 1);
      return (x) => tf.reshape(isSquare ? tf.transpose(x, [0, 3, 1, 2]) : x, [-1, length]);
    }
    case 'dense': {
      // With `transposeB` its WASM backend gives wrong answers (4.22.0); the weights are turned here.
      const [outputs, inputs] = layer.weight.shape;
      const b = tf.tensor2d(permute(expandTensor(file, layer.weight), layer.weight.shape, [1, 0]), [inputs, outputs]);
      const bias = tf.tensor1d(expandTensor(file, layer.bias));
      const activation = layer.relu ? 'relu' : 'linear';
      return (x) => tf.fused.matMul({ a: x, b, bias, activation });
    }
  }
}
