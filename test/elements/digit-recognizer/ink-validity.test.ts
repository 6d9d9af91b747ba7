import { expect } from '@open-wc/testing';
import { inkValidity } from '../../../src/elements/digit-recognizer/ink-validity.js';
import { en } from '../../../src/messages/index.js';

const settled = { settled: true, error: null };

describe('ink validity', () => {
  it('asks for a digit only where one is required', () => {
    const entry = { value: '', drawn: false, multiple: false, snapshot: settled };
    expect(inkValidity({ ...entry, required: false }, en).flags).to.deep.equal({});
    expect(inkValidity({ ...entry, required: true }, en)).to.deep.equal({
      flags: { valueMissing: true },
      message: en.required,
    });
  });

  it('takes every digit that is settled, and none while the pen is down or the rest is being read', () => {
    const entry = { value: '7', required: true, multiple: false, drawn: true };
    expect(inkValidity({ ...entry, snapshot: settled }, en).flags).to.deep.equal({});
    expect(inkValidity({ ...entry, snapshot: { settled: false, error: null } }, en)).to.deep.equal({
      flags: { badInput: true },
      message: en.reading,
    });
  });

  it('holds ink without a digit back, required or not, and says why', () => {
    const entry = { value: '', required: false, multiple: false, drawn: true };
    const message = (snapshot: { settled: boolean; error: Error | null }): string => {
      const validity = inkValidity({ ...entry, snapshot }, en);
      expect(validity.flags).to.deep.equal({ badInput: true });
      return validity.message;
    };
    expect(message(settled)).to.equal(en.notSure);
    expect(message({ settled: false, error: null })).to.equal(en.reading);
    expect(message({ settled: false, error: new Error('no network') })).to.equal(en.recognitionFailed);
  });
});
