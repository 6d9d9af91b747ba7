import { expect } from '@open-wc/testing';
import { checkFirstBytes, checkWhole, modelAsset, wasmAsset } from '../../../src/inference/files/asset.js';
import type { InferenceError } from '../../../src/inference/inference-error.js';
import { failure } from '../support.js';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const wasm = wasmAsset('https://example.org/ort.wasm', { bytes: 8 });
const model = modelAsset('https://example.org/model.onnx');

/** SHA-256 of "abc", according to FIPS 180-2, appendix B.1. */
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

function thrown(action: () => void): InferenceError {
  try {
    action();
  } catch (error) {
    return error as InferenceError;
  }
  throw new Error('An error was expected.');
}

describe('checkFirstBytes', () => {
  it('accepts WebAssembly, and any model that is not a page', () => {
    checkFirstBytes(wasm, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    checkFirstBytes(model, Uint8Array.of(8, 8, 0x3c));
  });

  it('recognizes a page by its first characters, whatever precedes them', () => {
    for (const page of ['<!doctype html>', '\n\t <HTML>', '\ufeff<?xml version="1.0"?>']) {
      const error = thrown(() => checkFirstBytes(wasm, bytesOf(page)));
      expect(error.code).to.equal('asset-not-wasm');
      expect(error.url).to.equal(wasm.url);
      expect(error.message).to.contain(wasm.url).and.to.contain('HTML');
      expect(thrown(() => checkFirstBytes(model, bytesOf(page))).code).to.equal('asset-missing');
    }
  });

  it('rejects as WebAssembly any other beginning, and one too short to tell', () => {
    expect(thrown(() => checkFirstBytes(wasm, bytesOf('PK and more'))).code).to.equal('asset-not-wasm');
    expect(thrown(() => checkFirstBytes(wasm, Uint8Array.of(0, 0x61))).code).to.equal('asset-not-wasm');
  });
});

describe('checkWhole', () => {
  const file = (sha256: string, bytes = 3) => modelAsset('https://example.org/m.onnx', { bytes, sha256 });

  it('accepts the expected file', async () => {
    await checkWhole(file(abc), bytesOf('abc'));
    await checkWhole(modelAsset('https://example.org/any.onnx'), bytesOf('anything'));
  });

  it('rejects a file of another size, naming both sizes', async () => {
    const error = await failure(checkWhole(file(abc, 4), bytesOf('abc')));
    expect(error.code).to.equal('checksum');
    expect(error.message).to.contain('3 bytes instead of 4');
  });

  it('rejects a file of the same size with other bytes', async () => {
    const error = await failure(checkWhole(file(abc), bytesOf('abd')));
    expect(error.code).to.equal('checksum');
    expect(error.message).to.contain(abc);
    expect(error.url).to.equal('https://example.org/m.onnx');
  });

  it('compares size and CRC-32 if the page is not secure and has no crypto.subtle', async () => {
    Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
    try {
      // The CRC-32 of "abc", as by zlib.
      const asset = { ...file(abc), crc32: 0x352441c2 };
      await checkWhole(asset, bytesOf('abc'));
      expect((await failure(checkWhole(asset, bytesOf('abd')))).message).to.contain('CRC-32');
      expect((await failure(checkWhole({ ...asset, bytes: 4 }, bytesOf('abc')))).code).to.equal('checksum');
    } finally {
      Reflect.deleteProperty(crypto, 'subtle');
    }
  });
});
