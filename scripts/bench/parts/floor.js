/** What is physically least: bytes by the entropy of the weights, time by multiply-adds over the machine's peak. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../setup.js';
import { weightEntropy } from '../entropy.js';
import { toFigure } from '../figures.js';
import { operationsPerLoop } from '../multiply-add.js';
import { countMultiplyAdds, readLayers } from '../../network.js';
import { withMeasurePage } from './measure-page.js';

/** @import { Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */

/** @param {Uint8Array} bytes */
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measureFloor(context) {
  const { model, quick } = context.options;
  const read = (/** @type {string} */ path) => readFileSync(join(root, path));
  const network = read(`models/${model}.onnx`);
  const layers = readLayers(network);
  const tensors = layers.flatMap((layer) => ('weight' in layer ? [layer.weight, layer.bias] : []));
  const weights = weightEntropy(network, tensors);
  const program = gzip(read(`models/compiled/${model}.program.wasm`));
  const script = gzip(read('dist/cdn/digit-recognizer.js'));
  const operations = countMultiplyAdds(layers);
  const measured = await withMeasurePage(context, (call) =>
    call('measureFloor', { rounds: quick ? 10 : 100, operations: operationsPerLoop }),
  );
  const peak = Math.max(...measured.rate);
  const time = toFigure('one picture, WASM program', 'ms', measured.program);
  const least = (1000 * operations) / peak;
  return {
    figures: [
      toFigure('weights and biases, as stored', 'bytes', [weights.bytes]),
      toFigure('weights and biases, zero-order entropy of the values', 'bytes', [weights.values]),
      toFigure('weights and biases, zero-order entropy of their bytes by place', 'bytes', [weights.planes]),
      toFigure('model file, gzip', 'bytes', [gzip(network)]),
      toFigure('script, the programs in it, gzip', 'bytes', [script]),
      toFigure('of it the program alone, gzip', 'bytes', [program]),
      toFigure('zero-order entropy of the values, and script', 'bytes', [weights.values + script]),
      toFigure('loaded: model and script', 'bytes', [gzip(network) + script]),
      toFigure('multiply-adds of one picture', '', [operations]),
      toFigure('multiply-adds of the SIMD kernel', '/s', measured.rate),
      toFigure('least time of one picture, at the highest rate seen', 'ms', [least]),
      time,
      toFigure('WASM program / least time', 'x', [time.median / least]),
    ],
    bars: [],
    notes: [
      'What orders or groups the weights, as a scale per channel does, can bring them below their zero-order entropy.',
      'Multiply-adds are those of direct convolution in float32, four lanes, without fused multiply-add.',
    ],
  };
}
