import { expect } from '@open-wc/testing';
import { assetUrls } from '../../src/inference/files/assets.js';
import { catalog, DEFAULT_MODEL } from '../../src/model/catalog.js';
import { InferenceError } from '../../src/inference/inference-error.js';
import { resolveModel } from '../../src/inference/model.js';
import { wasmPrograms } from '../../src/inference/engines/wasm/wasm-programs.js';

const sources = { assetUrls, wasmPrograms };

describe('resolveModel', () => {
  it('uses the default model if none is named', () => {
    expect(resolveModel(undefined, sources).key).to.equal(DEFAULT_MODEL);
  });

  it('knows the expected file of a catalog model and its related files', () => {
    const { asset, programs, input, output, temperature } = resolveModel('reference', sources);
    const entry = catalog.reference;
    expect(asset).to.deep.equal({
      kind: 'model',
      url: assetUrls.reference.model,
      bytes: entry.bytes,
      sha256: entry.sha256,
      crc32: entry.crc32,
    });
    const { bytes, sha256, crc32 } = entry.webgpuProgram;
    expect(programs).to.deep.equal({
      wasm: wasmPrograms.reference,
      webgpu: { kind: 'webgpu', url: assetUrls.reference.webgpu, bytes, sha256, crc32 },
    });
    expect({ input, output, temperature }).to.deep.equal({
      input: entry.input,
      output: entry.output,
      temperature: entry.temperature,
    });
  });

  it('accepts a URL, relative to the document, with a temperature of 1', () => {
    const model = resolveModel('models/mine.onnx', sources);
    expect(model.key).to.equal(new URL('models/mine.onnx', document.baseURI).href);
    expect(model.asset).to.deep.equal({ kind: 'model', url: model.key });
    expect(model.programs).to.be.null;
    expect(model.temperature).to.equal(1);
  });

  it('treats file names as URLs relative to the page', () => {
    for (const model of ['./mine', '/mine', 'mine.onnx', 'models/mine', '../mine?v=2']) {
      expect(resolveModel(model, sources).key).to.equal(new URL(model, document.baseURI).href);
    }
  });

  // A property of every object is not a model, either.
  for (const model of ['compct', 'Compact', ' reference', 'constructor', 'large model', '', 'http://', 'https://[']) {
    it(`rejects "${model}", names it, and lists what is allowed`, () => {
      let error: unknown;
      try {
        resolveModel(model, sources);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(InferenceError).with.property('code', 'invalid-input');
      const { message } = error as InferenceError;
      expect(message).to.contain(`"${model}"`).and.to.contain('"compact" or "reference", or the URL of an .onnx file');
      expect(message).not.to.match(/WebGPU|wasm/i);
    });
  }
});
