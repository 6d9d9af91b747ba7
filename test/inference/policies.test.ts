import { expect } from '@open-wc/testing';
import type { FramedResult } from './framed-service.js';
import { nextEvent } from './support.js';

/** Infers once in a frame under a policy of test/support/faults.js. */
async function inferUnder(policy: string): Promise<FramedResult> {
  const frame = document.createElement('iframe');
  frame.src = `/faults/${policy}/test/inference/framed-service.html`;
  document.body.append(frame);
  try {
    const { data } = await nextEvent<MessageEvent<FramedResult>>(window, 'message');
    return data;
  } finally {
    frame.remove();
  }
}

describe('InferenceService under the policy of a page', () => {
  it('runs without cross-origin isolation', () => {
    expect(crossOriginIsolated).to.be.false;
  });

  it('runs with cross-origin isolation', async () => {
    expect(await inferUnder('isolated')).to.include({ isolated: true, values: 10, message: '' });
  });

  it('runs where workers are refused whose script has no Cross-Origin-Embedder-Policy', async () => {
    expect(await inferUnder('embedder')).to.include({ values: 10, message: '' });
  });

  it('runs under a strict Content-Security-Policy', async () => {
    expect(await inferUnder('strict')).to.include({ values: 10, message: '' });
  });

  it('says what to allow where all workers are refused', async () => {
    const { code, message } = await inferUnder('workerless');
    expect(code).to.equal('worker');
    expect(message).to.contain(`worker-src 'self'`);
  });
});
