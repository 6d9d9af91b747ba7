import { expect } from '@open-wc/testing';
import { RecognitionStore } from '../../src/recognition/index.js';
import { FakeService, settle } from './fake-service.js';

const frame = { width: 280, height: 280 };

function draw(store: RecognitionStore, ...points: (readonly [x: number, y: number])[]): void {
  const [first, ...others] = points.map(([x, y]) => ({ x, y }));
  store.ink.beginStroke(first, frame);
  store.ink.extendStroke(others);
  store.ink.endStroke();
}

function connectedStore(): { store: RecognitionStore; service: FakeService } {
  const service = new FakeService();
  const store = new RecognitionStore(() => service);
  store.connect();
  return { store, service };
}

describe('RecognitionStore', () => {
  it('reads the ink while the pen is still down, and settles when it has lifted', async () => {
    const { store, service } = connectedStore();
    store.ink.beginStroke({ x: 10, y: 10 }, frame);
    store.ink.extendStroke([{ x: 10, y: 100 }]);
    await settle();
    await service.requests[0].answer(1);
    expect(store.snapshot.recognition?.digit).to.equal(1);
    expect(store.snapshot.settled).to.be.false;
    store.ink.endStroke();
    expect(store.snapshot.settled).to.be.true;
    await settle();
    expect(service.requests).to.have.length(1);
  });

  it('has at most one request under way, and gives the next one the newest ink', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    draw(store, [50, 10], [90, 10]);
    draw(store, [50, 90], [90, 90]);
    await settle();
    expect(service.requests).to.have.length(1);
    await service.requests[0].answer(1);
    expect(service.requests).to.have.length(2);
    const oneStroke = service.requests[0].image.reduce((sum, value) => sum + value, 0);
    const threeStrokes = service.requests[1].image.reduce((sum, value) => sum + value, 0);
    expect(threeStrokes).to.be.above(oneStroke);
    await service.requests[1].answer(5);
    expect(store.snapshot).to.deep.include({ settled: true });
    expect(store.snapshot.recognition?.digit).to.equal(5);
  });

  it('shows the answer to older ink while newer ink goes on from it', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    draw(store, [50, 10], [90, 10]);
    await service.requests[0].answer(1);
    expect(store.snapshot.recognition?.digit).to.equal(1);
    expect(store.snapshot.settled).to.be.false;
  });

  it('drops the answer to ink that has been replaced since', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    store.ink.clear();
    draw(store, [50, 10], [90, 90]);
    const shown: (number | null | undefined)[] = [];
    store.subscribe(() => shown.push(store.snapshot.recognition?.digit));
    await service.requests[0].answer(1);
    await service.requests[1].answer(7);
    expect(shown).not.to.include(1);
    expect(store.snapshot.recognition?.digit).to.equal(7);
  });

  it('forgets the answer when the pad is wiped, without asking the network', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    await service.requests[0].answer(1);
    store.ink.clear();
    expect(await store.complete).to.be.null;
    expect(store.snapshot).to.deep.include({ recognition: null, settled: true });
    expect(service.requests).to.have.length(1);
  });

  it('reads again what undo brings back', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    await service.requests[0].answer(1);
    store.ink.clear();
    await store.complete;
    store.ink.undo();
    await settle();
    await service.requests[1].answer(1);
    expect((await store.complete)?.digit).to.equal(1);
  });

  it('answers null for an empty pad even while nothing is connected', async () => {
    expect(await new RecognitionStore(() => new FakeService()).complete).to.be.null;
  });

  it('answers ink that has no place at all as nothing to read', async () => {
    const { store, service } = connectedStore();
    draw(store, [NaN, NaN]);
    const recognition = await store.complete;
    expect(recognition).to.deep.include({ digit: null, reason: 'blank', confidence: 0 });
    expect(service.requests).to.be.empty;
  });

  it('says that ink is no digit when its energy is too low, with the nearest guesses', async () => {
    const { store, service } = connectedStore();
    service.leastEnergy = 21;
    draw(store, [10, 10], [10, 100]);
    await settle();
    // The fake gives the digit a logit of 20, so an energy of 20 and a little.
    await service.requests[0].answer(1);
    const refused = await store.complete;
    expect(refused).to.deep.include({ digit: null, reason: 'not-a-digit', confidence: 0 });
    expect(refused?.predictions[0].digit).to.equal(1);
    expect(refused?.energy).to.be.closeTo(20, 0.001);
    service.leastEnergy = 20;
    draw(store, [50, 10], [90, 10]);
    await settle();
    await service.requests[1].answer(1);
    expect(await store.complete).to.deep.include({ digit: 1, reason: null });
  });

  it('reads, once it is connected, what was drawn before', async () => {
    const service = new FakeService();
    const store = new RecognitionStore(() => service);
    draw(store, [10, 10], [10, 100]);
    const complete = store.complete;
    await settle();
    expect(service.requests).to.be.empty;
    store.connect();
    await settle();
    await service.requests[0].answer(1);
    expect((await complete)?.digit).to.equal(1);
  });

  it('keeps the ink after a failure, says what failed, and reads on retry', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    const failed = store.complete.catch((error: unknown) => error);
    const failure = new Error('The network stumbled.');
    await service.requests[0].fail(failure);
    expect(await failed).to.equal(failure);
    expect(store.snapshot).to.deep.include({ status: 'error', error: failure, settled: false });
    expect(await store.complete.catch((error: unknown) => error)).to.equal(failure);
    expect(store.ink.snapshot.strokes).to.have.length(1);
    store.retry();
    await settle();
    await service.requests[1].answer(1);
    expect(store.snapshot).to.deep.include({ status: 'ready', error: null, settled: true });
  });

  it('tries again when the pen lifts after a failure, and not with each of its moves', async () => {
    const { store, service } = connectedStore();
    service.load = () => {
      service.loads += 1;
      return Promise.reject(new Error('offline'));
    };
    draw(store, [10, 10], [10, 100]);
    await settle();
    const before = service.loads;
    store.ink.beginStroke({ x: 50, y: 10 }, frame);
    for (let x = 0; x < 50; x += 1) {
      store.ink.extendStroke([{ x, y: 50 }]);
      await settle();
    }
    expect(service.loads).to.equal(before);
    store.ink.endStroke();
    await settle();
    expect(service.loads).to.equal(before + 1);
  });

  it('gives newer ink its own try when only the older request has failed', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    draw(store, [50, 10], [90, 10]);
    await service.requests[0].fail(new Error('once'));
    await service.requests[1].answer(5);
    expect(store.snapshot).to.deep.include({ status: 'ready', settled: true });
  });

  it('lets the service go when it is disconnected, and gives up the request that is under way', async () => {
    const { store, service } = connectedStore();
    expect(service.users).to.equal(1);
    draw(store, [10, 10], [10, 100]);
    await settle();
    store.disconnect();
    expect(service.users).to.equal(0);
    expect(service.requests[0].signal?.aborted).to.be.true;
    store.connect();
    await settle();
    await service.requests[1].answer(1);
    expect(store.snapshot.recognition?.digit).to.equal(1);
  });

  it('reads the present ink with another model when one is chosen', async () => {
    const services = new Map([
      ['compact', new FakeService()],
      ['reference', new FakeService()],
    ]);
    const store = new RecognitionStore(({ model = 'compact' }) => services.get(model)!);
    store.connect();
    draw(store, [10, 10], [10, 100]);
    await settle();
    await services.get('compact')!.requests[0].answer(1);
    store.configure({ model: 'reference' });
    expect([...services.values()].map(({ users }) => users)).to.deep.equal([0, 1]);
    await settle();
    await services.get('reference')!.requests[0].answer(7);
    expect(store.snapshot.recognition?.digit).to.equal(7);
  });

  it('is not held up by another model that never loads', async () => {
    const stuck = new FakeService();
    stuck.load = () => new Promise(() => {});
    const other = new FakeService();
    const store = new RecognitionStore(({ model }) => (model === 'reference' ? other : stuck));
    store.connect();
    draw(store, [10, 10], [10, 100]);
    await settle();
    store.configure({ model: 'reference' });
    await settle();
    await other.requests[0].answer(1);
    expect(store.snapshot.settled).to.be.true;
  });

  it('takes given strokes as its ink, and reads a given picture in place of the ink, both to be undone', async () => {
    const { store, service } = connectedStore();
    const given = store.recognize([
      {
        points: [
          { x: 10, y: 10 },
          { x: 10, y: 100 },
        ],
      },
    ]);
    await settle();
    await service.requests[0].answer(1);
    expect((await given)?.digit).to.equal(1);
    expect(store.ink.snapshot.strokes).to.have.length(1);

    const picture = new ImageData(20, 20);
    picture.data.fill(255);
    for (let row = 4; row < 16; row += 1) picture.data.fill(0, (row * 20 + 9) * 4, (row * 20 + 11) * 4 - 1);
    const read = store.recognize(picture);
    await settle();
    await service.requests[1].answer(4);
    expect((await read)?.digit).to.equal(4);
    expect(store.ink.snapshot.strokes).to.be.empty;
    store.ink.undo();
    expect(store.ink.snapshot.strokes).to.have.length(1);
  });

  it('keeps ink and answer when a given source cannot be read', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    await service.requests[0].answer(1);
    const error = await store.recognize(new Blob(['no picture'])).catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'unreadable-image');
    expect(store.snapshot.recognition?.digit).to.equal(1);
    expect(store.ink.snapshot.strokes).to.have.length(1);
  });

  describe('correcting', () => {
    async function answered(): Promise<{ store: RecognitionStore; service: FakeService }> {
      const made = connectedStore();
      draw(made.store, [10, 10], [10, 100]);
      await settle();
      await made.service.requests[0].answer(1);
      return made;
    }

    it("keeps the person's word beside what was recognized, until the ink changes", async () => {
      const { store } = await answered();
      store.correct(7);
      expect(store.snapshot.correction).to.deep.equal({ digit: 7, by: 'picked' });
      expect(store.snapshot.recognition?.digit).to.equal(1);
      store.ink.beginStroke({ x: 1, y: 1 }, frame);
      expect(store.snapshot.correction).to.be.null;
    });

    it('takes it back when the ink is cleared, undone, or read from elsewhere', async () => {
      for (const change of [
        (store: RecognitionStore) => store.ink.clear(),
        (store: RecognitionStore) => store.ink.undo(),
        (store: RecognitionStore) => void store.recognize(new ImageData(20, 20)),
      ]) {
        const { store } = await answered();
        store.correct(7);
        change(store);
        await settle();
        expect(store.snapshot.correction).to.be.null;
      }
    });

    it('takes it back for null, and when the recognized digit is picked again; a typed one is a word of its own', async () => {
      const { store } = await answered();
      store.correct(7);
      store.correct(1);
      expect(store.snapshot.correction).to.be.null;
      store.correct(1, 'typed');
      expect(store.snapshot.correction).to.deep.equal({ digit: 1, by: 'typed' });
      store.correct(null);
      expect(store.snapshot.correction).to.be.null;
    });

    it('tells of each change once', async () => {
      const { store } = await answered();
      let changes = 0;
      store.subscribe(() => (changes += 1));
      store.correct(7);
      store.correct(7);
      expect(changes).to.equal(1);
      store.correct(7, 'typed');
      expect(changes).to.equal(2);
      store.correctable = true;
      store.correctable = true;
      expect(changes).to.equal(3);
      expect(store.snapshot.correctable).to.be.true;
    });

    it('settles an answer that the network does not give, with or without ink', async () => {
      const { store } = connectedStore();
      store.correct(3, 'typed');
      expect(store.snapshot).to.deep.include({ settled: true, recognition: null });
      draw(store, [10, 10], [10, 100]);
      await settle();
      expect(store.snapshot.settled).to.be.false;
      store.correct(4);
      expect(store.snapshot.settled).to.be.true;
    });

    it('refuses what is no digit', () => {
      const { store } = connectedStore();
      for (const wrong of [-1, 10, 1.5, NaN]) expect(() => store.correct(wrong)).to.throw(RangeError);
      expect(store.snapshot.correction).to.be.null;
    });
  });

  describe('steps', () => {
    it('are those of the ink that was answered, where it was on the pad', async () => {
      const { store, service } = connectedStore();
      expect(store.steps).to.be.null;
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests[0].answer(1);
      const { ink, centered } = store.steps!;
      expect([...centered.data]).to.deep.equal([...service.requests[0].image]);
      const inked = [...ink.data.keys()].filter((pixel) => ink.data[pixel] > 0.5);
      // At the left of the pad, in its upper half.
      for (const pixel of inked) {
        expect((pixel % ink.width) / ink.width).to.be.below(0.15);
        expect(Math.floor(pixel / ink.width) / ink.height).to.be.below(0.5);
      }
      expect(inked).not.to.be.empty;
      store.ink.clear();
      await settle();
      expect(store.steps).to.be.null;
    });
  });
});
