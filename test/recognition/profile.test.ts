import { expect } from '@open-wc/testing';
import { WriterProfile } from '../../src/learning/index.js';
import { readDigit, recognize, recognizeAll } from '../../src/recognition/recognize.js';
import { drawnArrow, drawnSeven } from '../support/pointer.js';
import { FakeService } from './fake-service.js';

const strokes = (drawn: typeof drawnSeven | typeof drawnArrow, left = 0) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: left + x * 280, y: y * 280 })) }));

describe('recognize() with a profile', () => {
  it('returns the features that the profile learns from, and only then', async () => {
    const without = await recognize(strokes(drawnArrow), { backend: 'wasm' });
    expect(without).to.include({ features: null, learned: false });
    for (const [model, length] of [
      ['compact', 64],
      ['reference', 128],
    ] as const) {
      const profile = new WriterProfile();
      const { features } = await recognize(strokes(drawnArrow), { backend: 'wasm', model, profile });
      expect(features!.values).to.have.length(length);
      expect(features!.model).to.match(/^[0-9a-f]{64}$/);
    }
  });

  it('applies its lessons, to one digit or several', async () => {
    const profile = new WriterProfile();
    const options = { backend: 'wasm', profile } as const;
    const refused = await recognize(strokes(drawnArrow), options);
    expect(refused.digit).to.equal(null);
    profile.learn(refused, 4);
    expect(await recognize(strokes(drawnArrow), options)).to.include({ digit: 4, learned: true });
    const both = await recognizeAll([...strokes(drawnSeven), ...strokes(drawnArrow, 400)], options);
    expect(both.map(({ digit, learned }) => [digit, learned])).to.deep.equal([
      [7, false],
      [4, true],
    ]);
    profile.forget();
    expect((await recognize(strokes(drawnArrow), options)).digit).to.equal(null);
  });

  it('learns one digit of a number', async () => {
    const profile = new WriterProfile();
    const options = { backend: 'wasm', profile } as const;
    const ink = [...strokes(drawnSeven), ...strokes(drawnArrow, 400)];
    profile.learn((await recognizeAll(ink, options))[1], 4);
    expect((await recognizeAll(ink, options)).map(({ digit }) => digit)).to.deep.equal([7, 4]);
  });

  it('can learn a non-digit, which is answered with the best guess if an answer is always requested', async () => {
    const profile = new WriterProfile();
    const options = { backend: 'wasm', profile } as const;
    profile.learn(await recognize(strokes(drawnSeven), options), null);
    expect(await recognize(strokes(drawnSeven), options)).to.include({
      digit: null,
      reason: 'not-a-digit',
      learned: true,
    });
    const answer = await recognize(strokes(drawnSeven), { ...options, alwaysAnswer: true });
    expect(answer).to.include({ digit: 7, reason: null, learned: false });
  });

  it("rejects another model's profile", async () => {
    const profile = new WriterProfile();
    profile.learn(await recognize(strokes(drawnArrow), { backend: 'wasm', profile }), 4);
    const other = recognize(strokes(drawnArrow), { backend: 'wasm', model: 'reference', profile });
    const error: unknown = await other.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error).with.property('code', 'other-model');
  });

  it('has nothing to learn from a blank pad', async () => {
    const profile = new WriterProfile();
    const blank = await recognize([], { backend: 'wasm', profile });
    expect(() => profile.learn(blank, 4))
      .to.throw()
      .with.property('code', 'no-features');
  });

  it('learns from the logits of a model without features', async () => {
    const service = new FakeService();
    const infer = service.infer.bind(service);
    service.run = async (...call) => ({ logits: await infer(...call), features: null });
    const profile = new WriterProfile();
    const image = { pixels: new Float32Array(784).fill(1), blank: false, box: null };
    const read = async () => {
      const answer = readDigit(image, 0, service, { profile });
      await service.requests.at(-1)!.answer(7);
      return answer;
    };
    const recognition = await read();
    expect([...recognition.features!.values]).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 20, 0, 0]);
    profile.learn(recognition, 1);
    expect(await read()).to.include({ digit: 1, learned: true });
  });
});
