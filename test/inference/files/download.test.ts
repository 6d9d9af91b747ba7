import { expect } from '@open-wc/testing';
import { modelAsset, wasmAsset } from '../../../src/inference/files/asset.js';
import { assetUrls } from '../../../src/inference/files/assets.js';
import { catalog } from '../../../src/model/catalog.js';
import { download } from '../../../src/inference/files/download.js';
import { failure, faulty } from '../support.js';

const compact = catalog.compact;
const url = assetUrls.compact.model;
const ignore = () => undefined;
const get = (address: string, known = {}) => download(modelAsset(address, known), ignore, 'default');

describe('download', () => {
  it('returns the bytes of the file and reports progress', async () => {
    const steps: [number, number][] = [];
    const slow = modelAsset(faulty('slow', url), { bytes: compact.bytes, sha256: compact.sha256 });
    const file = await download(slow, (...step) => steps.push(step), 'default');
    expect((await file.bytes()).byteLength).to.equal(compact.bytes);
    expect(steps.length).to.be.above(3);
    expect(steps.at(-1)).to.deep.equal([compact.bytes, compact.bytes]);
    expect(steps.every(([loaded], index) => loaded > (steps[index - 1]?.[0] ?? 0))).to.be.true;
    expect(steps.every(([, total]) => total === compact.bytes)).to.be.true;
  });

  it('uses the size from the server if it is unknown', async () => {
    const totals: number[] = [];
    await download(modelAsset(faulty('slow', url)), (_, total) => totals.push(total), 'default');
    expect(new Set(totals)).to.deep.equal(new Set([compact.bytes]));
  });

  it('reports which file is missing, and the status', async () => {
    const missing = faulty('missing', url);
    const error = await failure(get(missing));
    expect(error.code).to.equal('asset-missing');
    expect(error.url).to.equal(missing);
    expect(error.message).to.contain(missing).and.to.contain('404');
  });

  it('reports which file is an HTML page', async () => {
    const page = faulty('page', url);
    expect((await failure(get(page))).code).to.equal('asset-missing');
    const error = await failure(download(wasmAsset(page, { bytes: 1000 }), ignore, 'default'));
    expect(error.code).to.equal('asset-not-wasm');
    expect(error.message).to.contain(page).and.to.contain('HTML');
  });

  it('reports a truncated download', async () => {
    const error = await failure(get(faulty('cut', url), { bytes: compact.bytes }));
    expect(error.code).to.equal('network');
    expect(error.message).to.match(new RegExp(`cut after \\d+ of ${compact.bytes} bytes`));
  });

  it('stops at a file that is longer than expected', async () => {
    const original = globalThis.fetch;
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    globalThis.fetch = () => Promise.resolve(new Response(endless));
    try {
      const error = await failure(get(url, { bytes: 2500 }));
      expect(error.code).to.equal('checksum');
      expect(error.message).to.contain('more than 2500 bytes');
      expect(cancelled).to.be.true;
      // The stream may read one chunk ahead.
      expect(sent).to.be.at.most(4);
    } finally {
      globalThis.fetch = original;
    }
  });

  it('rejects a file with one wrong byte', async () => {
    const error = await failure(get(faulty('changed', url), { bytes: compact.bytes, sha256: compact.sha256 }));
    expect(error.code).to.equal('checksum');
    expect(error.message).to.contain(compact.sha256);
  });

  it('treats a server error as a network error, to be retried', async () => {
    const once = `${faulty('once', url)}?download`;
    const error = await failure(get(once));
    expect(error.code).to.equal('network');
    expect(error.message).to.contain('503');
    const file = await get(once, { sha256: compact.sha256 });
    expect((await file.bytes()).byteLength).to.equal(compact.bytes);
  });

  it('reports what may block an unreachable server', async () => {
    const error = await failure(get('http://localhost:1/compact.onnx'));
    expect(error.code).to.equal('network');
    expect(error.message).to.contain('connect-src');
  });
});
