import { expect } from '@open-wc/testing';
import { recognize, recognizeAll, RecognitionError, WriterProfile, type RecognizeOptions } from '../../src/index.js';

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  'argument options': [null, 7, 'fast'],
  'option signal': [true, {}, new AbortController()],
  'option alwaysAnswer': [1, 'yes', null, {}],
  'option profile': [{}, 'ward-3', 7],
};

describe('the options of recognize() and recognizeAll()', () => {
  for (const [name, values] of Object.entries(wrong)) {
    it(`are rejected by name: ${name}`, async () => {
      for (const value of values) {
        const options = name.startsWith('option') ? { [name.split(' ')[1]]: value } : value;
        for (const read of [recognize, recognizeAll]) {
          const error: unknown = await read([], options as RecognizeOptions).catch((thrown: unknown) => thrown);
          expect(error).to.be.instanceOf(RecognitionError).and.have.property('code', 'invalid-option');
          expect((error as Error).message).to.match(new RegExp(`${name} is .+; it can be `));
        }
      }
    });
  }

  it('are rejected by the service with its own error if they name no model or backend', async () => {
    for (const [option, value] of [
      ['model', 'compct'],
      ['backend', 'gpu'],
    ] as const) {
      const options = { [option]: value } as RecognizeOptions;
      const error: unknown = await recognize([], options).catch((thrown: unknown) => thrown);
      expect(error).to.include({ name: 'InferenceError', code: 'invalid-input' });
      expect((error as Error).message)
        .to.include(option)
        .and.include(`"${value}"`);
    }
  });

  it('are optional, and may come from another realm', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { signal } = new (frame.contentWindow as unknown as typeof globalThis).AbortController();
    for (const options of [undefined, {}, { signal }, { profile: null, alwaysAnswer: true }]) {
      expect((await recognize([], options)).reason).to.equal('blank');
    }
    expect((await recognize([], { profile: new WriterProfile() })).reason).to.equal('blank');
    frame.remove();
  });
});
