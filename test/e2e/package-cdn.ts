/** The package and stock ONNX Runtime, as served by a CDN for npm packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/setup.js';

const { version, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  peerDependencies: Record<string, string>;
};

/** The path of the file for script tags. */
export const scriptPath = `/npm/digit-recognizer@${version}/dist/cdn/digit-recognizer.js`;

/** The path of stock ONNX Runtime's files. */
export const onnxRuntimePath = `/npm/onnxruntime-web@${peerDependencies['onnxruntime-web']}/dist/`;

/** Folders by path, with the models as a page's own. */
export const packageCdn = {
  [scriptPath.replace(/[^/]*$/, '')]: join(root, 'dist/cdn'),
  [onnxRuntimePath]: join(root, 'node_modules/onnxruntime-web/dist'),
  '/models/': join(root, 'models'),
};
