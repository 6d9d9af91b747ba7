import { expect } from '@open-wc/testing';
import { inkValidity, type InkEntry } from '../../../src/elements/digit-recognizer/ink-validity.js';
import type { Recognition } from '../../../src/index.js';
import { InferenceError } from '../../../src/inference/index.js';
import { en } from '../../../src/messages/index.js';

const blank = { reason: 'blank' } as Recognition;
const unsure = { reason: 'not-a-digit' } as Recognition;
const settled = { settled: true, error: null, decoding: false, recognitions: [unsure] };

describe('ink validity', () => {
  it('requires a digit only if the control is required', () => {
    const entry = { value: '', drawn: false, multiple: false, snapshot: settled };
    expect(inkValidity({ ...entry, required: false }, en).flags).to.deep.equal({});
    expect(inkValidity({ ...entry, required: true }, en)).to.deep.equal({
      flags: { valueMissing: true },
      message: en.required,
    });
  });

  it('accepts every settled digit, and none while the pen is down or the rest is being read', () => {
    const entry = { value: '7', required: true, multiple: false, drawn: true };
    expect(inkValidity({ ...entry, snapshot: settled }, en).flags).to.deep.equal({});
    expect(inkValidity({ ...entry, snapshot: { ...settled, settled: false } }, en)).to.deep.equal({
      flags: { badInput: true },
      message: en.reading,
    });
  });

  it('rejects ink without a digit, required or not, and explains why', () => {
    const entry = { value: '', required: false, multiple: false, drawn: true };
    const message = (snapshot: InkEntry['snapshot']): string => {
      const validity = inkValidity({ ...entry, snapshot }, en);
      expect(validity.flags).to.deep.equal({ badInput: true });
      return validity.message;
    };
    const unsettled = { ...settled, settled: false };
    expect(message(settled)).to.equal(en.notSure);
    expect(message({ ...settled, recognitions: [] })).to.equal(en.nothingRecognized);
    expect(message({ ...settled, recognitions: [blank] })).to.equal(en.nothingRecognized);
    expect(message(unsettled)).to.equal(en.reading);
    expect(message({ ...unsettled, error: new Error('It stumbled.') })).to.equal(en.recognitionFailed);
    expect(message({ ...unsettled, error: new InferenceError('network', 'Offline.') })).to.equal(en.loadingOffline);
    expect(message({ ...unsettled, error: new Error('It stumbled.'), decoding: true })).to.equal(en.reading);
  });
});
