import { expect } from '@open-wc/testing';
import type { FramedResult } from './framed-service.js';
import { nextEvent } from './support.js';

/** Infers once in a frame under a policy from test/support/faults.js. */
async function inferUnder(policy: string, model = 'compact', runtime = 'plugged in'): Promise<FramedResult> {
  const frame = document.createElement('iframe');
  frame.src = `/faults/${policy}/test/inference/framed-service.html?${new URLSearchParams({ model, runtime }).toString()}`;
  document.body.append(frame);
  try {
    const { data } = await nextEvent<MessageEvent<FramedResult>>(window, 'message');
    return data;
  } finally {
    frame.remove();
  }
}

describe("InferenceService under a page's policy", () => {
  it('runs without cross-origin isolation', () => {
    expect(crossOriginIsolated).to.be.false;
  });

  for (const model of ['compact', '/models/compact.onnx']) {
    it(`runs with cross-origin isolation (${model})`, async () => {
      expect(await inferUnder('isolated', model)).to.include({ isolated: true, values: 10, message: '' });
    });

    it(`runs if workers without a Cross-Origin-Embedder-Policy are blocked (${model})`, async () => {
      expect(await inferUnder('embedder', model)).to.include({ values: 10, message: '' });
    });

    it(`runs under a strict Content-Security-Policy (${model})`, async () => {
      expect(await inferUnder('strict', model)).to.include({ values: 10, message: '' });
    });
  }

  for (const model of ['compact', '/models/compact.onnx']) {
    it(`runs under Trusted Types (${model})`, async () => {
      expect(await inferUnder('typed', model)).to.include({ values: 10, message: '' });
    });
  }

  it('reports what to allow if Trusted Types block its worker', async () => {
    expect(await inferUnder('untyped')).to.include({ values: 10, message: '' });
    if (!('trustedTypes' in globalThis)) return;
    const { code, message } = await inferUnder('untyped', '/models/compact.onnx');
    expect(code).to.equal('worker');
    expect(message).to.contain('trusted-types lit-html digit-recognizer');
  });

  it('runs if all workers are blocked', async () => {
    expect(await inferUnder('workerless')).to.include({ values: 10, message: '' });
  });

  it('runs stock ONNX Runtime in its worker if the page itself must not use WebAssembly', async () => {
    expect(await inferUnder('unwise')).to.include({ values: 10, message: '' });
  });

  it('reports what to allow if WebAssembly is blocked', async () => {
    const { code, message } = await inferUnder('unwise', 'compact', 'missing');
    expect(code).to.equal('program');
    expect(message).to.contain(`'wasm-unsafe-eval'`);
  });

  it('reports what to allow if all workers are blocked and the model needs one', async () => {
    const { code, message } = await inferUnder('workerless', '/models/compact.onnx');
    expect(code).to.equal('worker');
    expect(message).to.contain(`worker-src 'self'`);
  });
});
