import { expect } from '@open-wc/testing';
import {
  chooseBuild,
  wasmBytes,
  type OnnxRuntimeBuild,
} from '../../../../src/inference/engines/onnxruntime/onnx-runtime-build.js';
import { runtimeUrls } from '../../support.js';

describe('the builds of ONNX Runtime', () => {
  for (const build of ['wasm', 'jspi', 'webgpu'] as OnnxRuntimeBuild[]) {
    it(`has the size of the installed WebAssembly for ${build}`, async () => {
      const response = await fetch(runtimeUrls.wasm[build]);
      expect((await response.blob()).size).to.equal(wasmBytes[build]);
    });
  }

  it('uses the small build for WASM, and for WebGPU the one that this browser can suspend', () => {
    expect(chooseBuild('wasm')).to.equal('wasm');
    expect(chooseBuild('webgpu')).to.equal('jspi');
    const suspending = Object.getOwnPropertyDescriptor(WebAssembly, 'Suspending') ?? {};
    Reflect.deleteProperty(WebAssembly, 'Suspending');
    try {
      expect(chooseBuild('webgpu')).to.equal('webgpu');
    } finally {
      Object.defineProperty(WebAssembly, 'Suspending', suspending);
    }
  });
});
