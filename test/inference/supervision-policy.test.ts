import { expect } from '@open-wc/testing';
import { InferenceError, type InferenceErrorCode } from '../../src/inference/inference-error.js';
import {
  isExpected,
  shouldTryNext,
  mayRestart,
  mayTakeOverAgain,
  wouldFailAgain,
} from '../../src/inference/supervision-policy.js';

const error = (code: InferenceErrorCode, url?: string) => new InferenceError(code, code, url ? { url } : {});

describe('the supervision policy', () => {
  it('considers a program broken immediately, a worker never, and a GPU when it hangs or is lost again', () => {
    const once = { inARow: 1, webgpu: 0 };
    const twice = { inARow: 2, webgpu: 0 };
    expect(wouldFailAgain(error('program'), 'wasm', once)).to.be.true;
    expect(wouldFailAgain(error('worker'), 'wasm', twice)).to.be.false;
    expect(wouldFailAgain(error('timeout'), 'wasm', twice)).to.be.false;
    expect(wouldFailAgain(error('device-lost'), 'webgpu', once)).to.be.false;
    expect(wouldFailAgain(error('device-lost'), 'webgpu', twice)).to.be.true;
    expect(wouldFailAgain(error('timeout'), 'webgpu', once)).to.be.true;
  });

  it('lets WebGPU take over again after only one lost device', () => {
    expect(mayTakeOverAgain(error('device-lost'), { inARow: 0, webgpu: 1 })).to.be.true;
    expect(mayTakeOverAgain(error('device-lost'), { inARow: 0, webgpu: 2 })).to.be.false;
    expect(mayTakeOverAgain(error('timeout'), { inARow: 0, webgpu: 1 })).to.be.false;
  });

  it('replaces broken engines three times in a row, and no more', () => {
    expect([1, 2, 3, 4].map((inARow) => mayRestart({ inARow, webgpu: 0 }))).to.deep.equal([true, true, true, false]);
  });

  it('tries the next engine unless the model or the network is at fault', () => {
    const url = 'https://example.com/model.onnx';
    expect(shouldTryNext(error('program'), url)).to.be.true;
    expect(shouldTryNext(error('checksum', url), url)).to.be.false;
    expect(shouldTryNext(error('network', 'https://example.com/program'), url)).to.be.false;
  });

  it('expects WebGPU to be missing only if it was not requested', () => {
    expect(isExpected('auto', error('webgpu-unavailable'))).to.be.true;
    expect(isExpected('webgpu', error('webgpu-unavailable'))).to.be.false;
    expect(isExpected('auto', error('program'))).to.be.false;
  });
});
