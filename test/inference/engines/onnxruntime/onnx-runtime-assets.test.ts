import { expect } from '@open-wc/testing';
import { onnxRuntimeFolder } from '../../../../src/inference/engines/onnxruntime/onnx-runtime-assets.js';
import { ONNX_RUNTIME_VERSION } from '../../../../src/inference/engines/onnxruntime/onnx-runtime-plugin.js';

const pinned = `onnxruntime-web@${ONNX_RUNTIME_VERSION}/dist/`;

describe('onnxRuntimeFolder', () => {
  const folders: [place: string, module: string, folder: string | null][] = [
    [
      'on a CDN, next to a version',
      'https://cdn.jsdelivr.net/npm/digit-recognizer@1.2.3/dist/cdn/onnxruntime.js',
      `https://cdn.jsdelivr.net/npm/${pinned}`,
    ],
    [
      'on a CDN without npm in its paths',
      'https://unpkg.com/digit-recognizer@1.2.3/dist/onnxruntime.js',
      `https://unpkg.com/${pinned}`,
    ],
    [
      'on a CDN, next to the latest version',
      'https://cdn.jsdelivr.net/npm/digit-recognizer/dist/cdn/onnxruntime.js',
      `https://cdn.jsdelivr.net/npm/${pinned}`,
    ],
    [
      'in node_modules',
      'http://localhost:5173/node_modules/digit-recognizer/dist/onnxruntime.js',
      'http://localhost:5173/node_modules/onnxruntime-web/dist/',
    ],
    [
      'in the node_modules of pnpm',
      'http://localhost/node_modules/.pnpm/digit-recognizer@1.2.3/node_modules/digit-recognizer/dist/onnxruntime.js',
      'http://localhost/node_modules/.pnpm/digit-recognizer@1.2.3/node_modules/onnxruntime-web/dist/',
    ],
    ['nowhere for a copy', 'https://example.org/vendor/digit-recognizer/dist/cdn/onnxruntime.js', null],
    ['nowhere for a bundle', 'https://example.org/assets/index-4f2a.js', null],
    ['nowhere for a file', 'file:///project/node_modules/digit-recognizer/dist/onnxruntime.js', null],
  ];

  for (const [place, module, folder] of folders) {
    it(`is ${place}`, () => {
      expect(onnxRuntimeFolder(module)).to.equal(folder);
    });
  }
});
