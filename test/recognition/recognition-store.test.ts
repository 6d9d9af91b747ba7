import { expect, waitUntil } from '@open-wc/testing';
import { RecognitionStore } from '../../src/recognition/index.js';
import { FakeService, settle } from './fake-service.js';
import { slowPicture, type SlowPicture } from './slow-picture.js';

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

  it('reads in a task of its own while the pen is down, so that its line is painted first', async () => {
    const allMicrotasks = async (): Promise<void> => {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    };
    const { store, service } = connectedStore();
    store.ink.beginStroke({ x: 10, y: 10 }, frame);
    store.ink.extendStroke([{ x: 10, y: 100 }]);
    await allMicrotasks();
    expect(service.requests).to.have.length(0);
    await settle();
    expect(service.requests).to.have.length(1);
    await service.requests[0].answer(1);
    store.ink.extendStroke([{ x: 10, y: 120 }]);
    store.ink.endStroke();
    await allMicrotasks();
    expect(service.requests).to.have.length(2);
  });

  it('has at most one request in flight, and passes the latest ink to the next one', async () => {
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

  it('shows the answer for older ink while newer ink continues it', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    draw(store, [50, 10], [90, 10]);
    await service.requests[0].answer(1);
    expect(store.snapshot.recognition?.digit).to.equal(1);
    expect(store.snapshot.settled).to.be.false;
  });

  it('drops the answer for ink that has been replaced', async () => {
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

  it('discards the answer when the pad is cleared, without running the network', async () => {
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

  it('answers null for an empty pad even while disconnected', async () => {
    expect(await new RecognitionStore(() => new FakeService()).complete).to.be.null;
  });

  it('treats ink without valid points as empty', async () => {
    const { store, service } = connectedStore();
    draw(store, [NaN, NaN]);
    const recognition = await store.complete;
    expect(recognition).to.deep.include({ digit: null, reason: 'blank', confidence: 0 });
    expect(service.requests).to.be.empty;
  });

  it('considers ink a non-digit if its energy is too low, with the nearest guesses', async () => {
    const { store, service } = connectedStore();
    service.leastEnergy = 21;
    draw(store, [10, 10], [10, 100]);
    await settle();
    // The fake gives the digit a logit of 20, so the energy is slightly above 20.
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

  it('reads, once connected, what was drawn before', async () => {
    const service = new FakeService();
    const store = new RecognitionStore(() => service);
    draw(store, [10, 10], [10, 100]);
    await settle();
    expect(service.requests).to.be.empty;
    store.connect();
    await settle();
    await service.requests[0].answer(1);
    expect(store.snapshot.value).to.equal('1');
  });

  it('reads for anyone who waits for the answer, connected or not, and then releases the service', async () => {
    const service = new FakeService();
    const store = new RecognitionStore(() => service);
    draw(store, [10, 10], [10, 100]);
    const complete = store.complete;
    expect(service.users).to.equal(1);
    await settle();
    await service.requests[0].answer(1);
    expect((await complete)?.digit).to.equal(1);
    expect(service.users).to.equal(0);
    store.connect();
    draw(store, [50, 10], [50, 100]);
    const left = store.complete;
    await settle();
    store.disconnect();
    await settle();
    await service.requests.at(-1)!.answer(4);
    expect((await left)?.digit).to.equal(4);
    expect(service.users).to.equal(0);
  });

  it('keeps the ink after a failure, reports it, and reads on retry', async () => {
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

  it('retries when the pen lifts after a failure, and not with each of its moves', async () => {
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

  it('gives newer ink its own attempt if only the older request has failed', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    draw(store, [50, 10], [90, 10]);
    await service.requests[0].fail(new Error('once'));
    await service.requests[1].answer(5);
    expect(store.snapshot).to.deep.include({ status: 'ready', settled: true });
  });

  it('releases the service when disconnected, and aborts the current request', async () => {
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

  it('rereads the ink when another model is chosen', async () => {
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

  it('is not blocked by another model that never loads', async () => {
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

  it('takes given strokes as its ink, and reads a given picture instead of the ink, both undoable', async () => {
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
    // The code for pictures is fetched first.
    await waitUntil(() => service.requests.length > 1);
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
    expect(error).to.have.property('code', 'unsupported-image');
    expect(store.snapshot.recognition?.digit).to.equal(1);
    expect(store.ink.snapshot.strokes).to.have.length(1);
  });

  it('ignores a source that is decoded only after the pad was cleared, reset, set or typed on, with ink or without', async () => {
    const seven =
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M4 4h12L9 16" stroke="#000"/></svg>';
    const later: ((store: RecognitionStore) => void)[] = [
      (store) => store.clear(),
      (store) => store.clear('user', { history: true }),
      (store) => store.reset(),
      (store) => store.replaceInk([], null),
      (store) => store.set([4]),
      (store) => store.correct(4, 'typed'),
    ];
    for (const [index, change] of later.entries()) {
      for (const withInk of [false, true]) {
        const { store, service } = connectedStore();
        if (withInk) draw(store, [10, 10], [10, 100]);
        const read = store.recognize(new Blob([seven], { type: 'image/svg+xml' }));
        change(store);
        const { value } = store.snapshot;
        let isRead = false;
        void read.then(() => (isRead = true));
        await waitUntil(() => {
          for (const each of service.requests.splice(0)) void each.answer(1);
          return isRead;
        });
        expect(store.snapshot, `${index}, ${withInk}`).to.deep.include({ value, picture: null });
      }
    }
  });

  describe('while a source is decoded', () => {
    let store: RecognitionStore;
    let service: FakeService;
    let picture: SlowPicture;

    beforeEach(async () => {
      ({ store, service } = connectedStore());
      picture = await slowPicture();
    });

    const drawOne = async (): Promise<void> => {
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests.shift()!.answer(1);
    };

    for (const author of ['user', 'page'] as const) {
      it(`has no value and does not settle until it is read, on an empty pad, with ink and with corrections, from the ${author}`, async () => {
        const before: (() => unknown)[] = [() => {}, drawOne, () => store.correct(3, 'typed'), () => store.set([4])];
        for (const [index, prepare] of before.entries()) {
          store.reset();
          await prepare();
          const read = store.recognize(picture.source, author);
          expect(store.snapshot, `${index}`).to.include({ value: '', settled: false, empty: false, author });
          const { complete } = store;
          const heard: string[] = [];
          const stop = store.subscribe(() => {
            if (store.snapshot.settled) heard.push(store.snapshot.value);
          });
          picture.decode();
          await settle();
          expect(store.snapshot, `${index}`).to.include({ value: '', settled: false, decoding: false });
          await service.requests.shift()!.answer(7);
          expect([(await read)?.digit, (await complete)?.digit, heard[0]]).to.deep.equal([7, 7, '7']);
          expect(store.snapshot).to.include({ value: '7', settled: true, fault: null, author });
          stop();
        }
      });
    }

    it('returns to the previous source if it cannot be read, and reports it if the user has provided it', async () => {
      await drawOne();
      for (const author of ['user', 'page'] as const) {
        const read = store.recognize(picture.source, author).catch((error: unknown) => error);
        const { complete } = store;
        picture.fail();
        const error = await read;
        expect(error).to.have.property('code', 'unreadable-image');
        expect((await complete)?.digit).to.equal(1);
        expect(store.snapshot).to.include({ value: '1', settled: true, error: null, author });
        expect(store.snapshot.fault).to.equal(author === 'user' ? error : null);
      }
    });

    it('decodes a source of the user again on retry', async () => {
      const read = store.recognize(picture.source, 'user').catch((error: unknown) => error);
      picture.fail();
      await read;
      expect(store.snapshot.fault).not.to.be.null;
      store.retry();
      expect(store.snapshot).to.include({ decoding: true, fault: null });
      picture.decode();
      await waitUntil(() => store.snapshot.picture);
    });

    it('attributes ink that is read meanwhile to its author', async () => {
      draw(store, [10, 10], [10, 100]);
      const read = store.recognize(picture.source, 'page').catch(() => null);
      picture.fail();
      await read;
      expect(store.snapshot).to.include({ value: '', settled: false, author: 'user' });
      await service.requests.shift()!.answer(1);
      expect(store.snapshot).to.include({ value: '1', settled: true, author: 'user' });
    });

    it('abandons it for any drawing, correction or clearing, and ignores its result', async () => {
      const others: Readonly<Record<string, readonly [change: () => void, value: string]>> = {
        'cleared by the user': [() => store.clear('user'), ''],
        'cleared by the page': [() => store.clear(), ''],
        reset: [() => store.reset(), ''],
        set: [() => store.set([4]), '4'],
        typed: [() => store.correct(4, 'typed'), '4'],
        'correction removed': [() => store.correct(null), '1'],
        undone: [() => store.undo('user'), ''],
        restored: [() => store.restore([], null, new Map(), [5]), '5'],
        erased: [
          () => {
            store.ink.beginErasing();
            store.ink.erase(store.ink.snapshot.strokes);
            store.ink.endStroke();
          },
          '',
        ],
      };
      for (const [how, [change, value]] of Object.entries(others)) {
        for (const end of ['decode', 'fail'] as const) {
          store.reset();
          await drawOne();
          const read = store.recognize(picture.source, 'user').catch(() => null);
          change();
          expect(store.snapshot, how).to.include({ value, settled: true, decoding: false });
          picture[end]();
          await read;
          expect(store.snapshot, how).to.include({ value, settled: true, picture: null, fault: null });
        }
      }
    });

    it('reads the latest of several, and ignores the others', async () => {
      const newest = await slowPicture();
      const reads = [picture, newest].map(({ source }) => store.recognize(source, 'user').catch(() => null));
      picture.fail();
      await settle();
      expect(store.snapshot).to.include({ decoding: true, fault: null });
      newest.decode();
      await settle();
      await service.requests.shift()!.answer(7);
      await Promise.all(reads);
      expect(store.snapshot).to.include({ value: '7', settled: true, fault: null });
    });

    it('waits for it even after an earlier failure', async () => {
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests.shift()!.fail(new Error('The network stumbled.'));
      const read = store.recognize(picture.source, 'user');
      const { complete } = store;
      picture.decode();
      await settle();
      await service.requests.shift()!.answer(7);
      expect([(await read)?.digit, (await complete)?.digit, store.snapshot.error]).to.deep.equal([7, 7, null]);
    });
  });

  it('keeps the given strokes, even if they are modified later', async () => {
    const { store, service } = connectedStore();
    const line = (x: number) => ({ points: [10, 50, 100].map((y) => ({ x, y })) });
    const given = [line(10)];
    store.replaceInk(given, null);
    await settle();
    await service.requests[0].answer(1);
    given.push(line(50));
    given[0].points.length = 0;
    expect(store.ink.snapshot.strokes).to.deep.equal([line(10)]);
    // The same array with another stroke is other ink.
    store.replaceInk(given, null);
    expect(store.snapshot).to.deep.include({ value: '', settled: false });
    const { strokes } = store.ink.snapshot;
    for (const change of [
      () => (strokes as unknown[]).push(line(90)),
      () => (strokes[1].points as unknown[]).pop(),
      () => Object.assign(strokes[1].points[0], { x: 90 }),
      () => Object.assign(strokes[1], { points: [] }),
    ]) {
      expect(change).to.throw(TypeError);
    }
  });

  it('freezes what was drawn or read', async () => {
    const { store, service } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    await settle();
    await service.requests[0].answer(1);
    const { recognition, recognitions } = store.snapshot;
    const [stroke] = store.ink.snapshot.strokes;
    for (const change of [
      () => Object.assign(recognition!, { digit: 7 }),
      () => (recognition!.predictions as unknown[]).reverse(),
      () => Object.assign(recognition!.predictions[0], { digit: 7 }),
      () => (recognitions as unknown[]).pop(),
      () => (stroke.points as unknown[]).pop(),
      () => Object.assign(stroke.points[1], { x: 0 }),
    ]) {
      expect(change).to.throw(TypeError);
    }
    expect(store.snapshot.value).to.equal('1');
  });

  describe('never lies', () => {
    async function answered(digit = 5): Promise<{ store: RecognitionStore; service: FakeService }> {
      const made = connectedStore();
      draw(made.store, [10, 10], [10, 100]);
      await settle();
      await made.service.requests[0].answer(digit);
      expect(made.store.snapshot.value).to.equal(String(digit));
      return made;
    }

    it('is empty as soon as the pad is: cleared, reset, undone or erased', async () => {
      for (const empty of [
        (store: RecognitionStore) => store.clear(),
        (store: RecognitionStore) => store.reset(),
        (store: RecognitionStore) => store.undo(),
        (store: RecognitionStore) => store.ink.clear(),
        (store: RecognitionStore) => {
          store.ink.beginErasing();
          store.ink.erase(store.ink.snapshot.strokes);
          store.ink.endStroke();
        },
      ]) {
        const { store } = await answered();
        empty(store);
        expect(store.snapshot).to.deep.include({ value: '', recognition: null, settled: true, empty: true });
        expect(store.snapshot.recognitions).to.be.empty;
        expect(await store.complete).to.be.null;
      }
    });

    it('has no value for new ink that cannot be read, or has not been yet', async () => {
      const { store, service } = await answered();
      draw(store, [50, 10], [90, 10]);
      expect(store.snapshot).to.deep.include({ value: '', settled: false });
      await settle();
      await service.requests[1].fail(new Error('The network stumbled.'));
      expect(store.snapshot).to.deep.include({ value: '', status: 'error', recognition: null });
    });

    it('has a live value while the pen is down, but not after it has lifted, until everything is read', async () => {
      const { store } = await answered();
      store.ink.beginStroke({ x: 50, y: 10 }, frame);
      expect(store.snapshot).to.deep.include({ value: '5', settled: false });
      store.ink.endStroke();
      expect(store.snapshot).to.deep.include({ value: '', settled: false });
      expect(store.snapshot.recognition?.digit).to.equal(5);
    });

    it('settles for cleared ink if the network hangs', async () => {
      for (const hang of ['load', 'infer'] as const) {
        const { store, service } = connectedStore();
        if (hang === 'load') service.load = () => new Promise(() => {});
        draw(store, [10, 10], [10, 100]);
        const complete = store.complete;
        await settle();
        store.clear();
        expect(await complete, hang).to.be.null;
        expect(store.snapshot.value).to.equal('');
      }
    });

    it('does not wait for the inference of discarded ink', async () => {
      const { store, service } = connectedStore();
      draw(store, [10, 10], [10, 100]);
      await settle();
      store.clear();
      expect(service.requests[0].signal?.aborted).to.be.true;
      draw(store, [50, 10], [50, 100]);
      await settle();
      await service.requests[1].answer(4);
      expect(store.snapshot.value).to.equal('4');
    });

    it('waits for the new model, from the moment that it is chosen', async () => {
      const services = { compact: new FakeService(), reference: new FakeService() };
      const store = new RecognitionStore(({ model }) => services[model as keyof typeof services]);
      store.configure({ model: 'compact' });
      store.connect();
      draw(store, [10, 10], [10, 100]);
      await settle();
      await services.compact.requests[0].answer(5);
      const statuses: string[] = [];
      store.subscribe(() => statuses.push(store.snapshot.status));
      store.configure({ model: 'reference' });
      expect(statuses).to.not.be.empty;
      expect(statuses).to.not.include('idle');
      expect(store.snapshot).to.deep.include({ value: '', settled: false });
      const complete = store.complete;
      await settle();
      await services.reference.requests[0].answer(6);
      expect((await complete)?.digit).to.equal(6);
      expect(store.snapshot.value).to.equal('6');
    });

    it('does not fail for who asks the new model as soon as it loads, with the failure of the previous one', async () => {
      const broken = new FakeService();
      broken.load = () => Promise.reject(new Error('There is no such file.'));
      const other = new FakeService();
      other.load = () => {
        other.dispatchEvent(new Event('statuschange'));
        return Promise.resolve();
      };
      const store = new RecognitionStore(({ model }) => (model === 'reference' ? other : broken));
      store.connect();
      store.load();
      draw(store, [10, 10], [10, 100]);
      await settle();
      expect(store.snapshot.error?.message).to.equal('There is no such file.');
      const answers: Promise<unknown>[] = [];
      store.subscribe(() => answers.push(store.complete.catch((error: Error) => error)));
      store.configure({ model: 'reference' });
      await settle();
      await other.requests[0].answer(1);
      expect(answers).to.not.be.empty;
      for (const answer of await Promise.all(answers)) expect(answer).to.have.property('digit', 1);
    });

    it('reports why nothing can be read, and reads once that is fixed', async () => {
      const service = new FakeService();
      const store = new RecognitionStore(({ backend }) => {
        if (backend === 'wasm') return service;
        throw new Error(`There is no backend "${backend}".`);
      });
      store.configure({ backend: 'webgpu' });
      store.connect();
      expect(store.snapshot.status).to.equal('error');
      expect(store.snapshot.error?.message).to.include('no backend "webgpu"');
      draw(store, [10, 10], [10, 100]);
      expect(await store.complete.catch((error: Error) => error)).to.equal(store.snapshot.error);
      const refusal = new Error('Not this one either.');
      store.configure({ backend: 'wasm' }, refusal);
      expect(store.snapshot.error).to.equal(refusal);
      store.configure({ backend: 'wasm' });
      expect(store.snapshot.error).to.be.null;
      await settle();
      await service.requests[0].answer(1);
      expect(store.snapshot).to.deep.include({ value: '1', status: 'ready' });
    });
  });

  describe('a value that the page sets', () => {
    it('overrides the answer until something else is drawn, typed, picked or cleared', async () => {
      const { store, service } = connectedStore();
      store.set([3]);
      expect(store.snapshot).to.deep.include({ value: '3', settled: true, empty: false, author: 'page' });
      expect(store.snapshot.given).to.deep.equal([3]);
      expect(store.snapshot.correction).to.be.null;
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests[0].answer(1);
      expect(store.snapshot.value).to.equal('1');
      store.set([3]);
      expect(store.snapshot.value).to.equal('3');
      store.correct(1);
      expect(store.snapshot.value).to.equal('1');
      store.set([3]);
      store.correct(null);
      expect(store.snapshot.value).to.equal('1');
      store.set([3]);
      store.clear();
      expect(store.snapshot).to.deep.include({ value: '', empty: true, given: null });
    });

    it('is a number with `multiple`, to which typing appends', () => {
      const { store } = connectedStore();
      store.set([2, 0]);
      store.multiple = true;
      expect(store.snapshot.value).to.equal('20');
      store.correct(4, 'typed');
      expect(store.snapshot.value).to.equal('204');
      for (const left of ['20', '2', '', '']) {
        store.correct(null);
        expect(store.snapshot.value).to.equal(left);
      }
      store.correct(7, 'typed');
      expect(store.snapshot.value).to.equal('7');
    });

    it('has the digits filled in that the network is not sure of, typed or picked, and taken back', async () => {
      const { store, service } = connectedStore();
      service.leastEnergy = 15;
      store.multiple = true;
      draw(store, [10, 10], [10, 100]);
      draw(store, [150, 10], [150, 100]);
      await settle();
      await service.requests[0].answer(1, 5);
      const { digits, value, selected, correctable } = store.snapshot;
      expect({ digits, value, selected, correctable }).to.deep.equal({
        digits: [null, null],
        value: '',
        selected: 0,
        correctable: true,
      });
      store.setPartSettings({ readOnly: true });
      expect(store.snapshot.correctable).to.be.false;
      store.setPartSettings({ readOnly: false });
      store.correct(3, 'typed');
      expect([store.snapshot.digits, store.snapshot.selected]).to.deep.equal([[3, null], 1]);
      store.correct(4, 'typed');
      expect(store.snapshot.value).to.equal('34');
      store.correct(null);
      expect(store.snapshot.digits).to.deep.equal([3, null]);
      store.correct(null);
      expect(store.snapshot.digits).to.deep.equal([null, null]);
      store.select(1);
      store.correct(7);
      store.correct(8);
      expect([store.snapshot.digits, store.snapshot.selected]).to.deep.equal([[null, 8], 1]);
      draw(store, [300, 10], [300, 100]);
      await settle();
      await service.requests[1].answer(1, 20);
      expect([store.snapshot.digits, store.snapshot.selected]).to.deep.equal([[null, null, 1], 0]);
      store.select(2);
      expect(store.snapshot.correctable).to.be.false;
    });

    it('has one of its digits replaced if that is selected', () => {
      const { store } = connectedStore();
      store.multiple = true;
      store.set([1, 2, 3]);
      store.correct(4);
      expect(store.snapshot.value).to.equal('1234');
      store.select(0);
      store.correct(7);
      expect(store.snapshot.value).to.equal('7234');
      store.correct(5, 'typed');
      expect(store.snapshot.value).to.equal('72345');
      store.select(0);
      for (const left of ['7234', '723', '72', '7', '']) {
        store.correct(null);
        expect(store.snapshot.value).to.equal(left);
      }
      store.correct(5);
      store.correct(6);
      expect(store.snapshot.value).to.equal('56');
    });

    it('is the initial one before any change, and after a reset', () => {
      const { store } = connectedStore();
      store.initial = [4];
      expect(store.snapshot).to.deep.include({ value: '4', settled: true, empty: false });
      store.initial = [6];
      expect(store.snapshot.value).to.equal('6');
      draw(store, [10, 10], [10, 100]);
      expect(store.snapshot.value).to.equal('');
      store.clear();
      expect(store.snapshot.value).to.equal('');
      store.reset();
      expect(store.snapshot.value).to.equal('6');
      store.clear();
      expect(store.snapshot.value).to.equal('');
      store.reset();
      store.correct(2, 'typed');
      expect(store.snapshot.value).to.equal('2');
    });

    it('outlives a change of `multiple`, like typed digits', () => {
      const { store } = connectedStore();
      store.multiple = true;
      store.correct(2, 'typed');
      store.correct(0, 'typed');
      store.multiple = false;
      store.multiple = true;
      expect(store.snapshot.value).to.equal('20');
    });
  });

  it('gives any ink its best guess if an answer is always requested, and blank none', async () => {
    const { store, service } = connectedStore();
    service.leastEnergy = 21;
    store.configure({ alwaysAnswer: true });
    draw(store, [10, 10], [10, 100]);
    await settle();
    await service.requests[0].answer(1);
    expect(store.snapshot.recognition).to.deep.include({ digit: 1, reason: null });
    expect(store.snapshot.recognition?.confidence).to.be.above(0.9);
    store.configure({ alwaysAnswer: false });
    await settle();
    await service.requests[1].answer(1);
    expect(store.snapshot.recognition).to.deep.include({ digit: null, reason: 'not-a-digit', confidence: 0 });
    store.configure({ alwaysAnswer: true });
    store.clear();
    draw(store, [NaN, NaN]);
    expect(await store.complete).to.deep.include({ digit: null, reason: 'blank' });
  });

  it('knows the author of its value', async () => {
    const { store } = connectedStore();
    draw(store, [10, 10], [10, 100]);
    expect(store.snapshot.author).to.equal('user');
    store.undo();
    expect(store.snapshot.author).to.equal('page');
    store.redo('user');
    expect(store.snapshot.author).to.equal('user');
    store.replaceInk([], null);
    expect(store.snapshot.author).to.equal('page');
    store.correct(3, 'typed');
    expect(store.snapshot.author).to.equal('user');
    store.configure({ model: 'reference' });
    expect(store.snapshot.author).to.equal('page');
  });

  describe('correcting', () => {
    async function answered(): Promise<{ store: RecognitionStore; service: FakeService }> {
      const made = connectedStore();
      draw(made.store, [10, 10], [10, 100]);
      await settle();
      await made.service.requests[0].answer(1);
      return made;
    }

    it('keeps the correction alongside the answer, until the ink changes', async () => {
      const { store } = await answered();
      store.correct(7);
      expect(store.snapshot.correction).to.deep.equal({ digit: 7, by: 'picked' });
      expect(store.snapshot.recognition?.digit).to.equal(1);
      store.ink.beginStroke({ x: 1, y: 1 }, frame);
      expect(store.snapshot.correction).to.be.null;
    });

    it('removes it when the ink is cleared, undone, or replaced', async () => {
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

    it('removes it for null, and when the recognized digit is picked again; a typed one is kept', async () => {
      const { store } = await answered();
      store.correct(7);
      store.correct(1);
      expect(store.snapshot.correction).to.be.null;
      store.correct(1, 'typed');
      expect(store.snapshot.correction).to.deep.equal({ digit: 1, by: 'typed' });
      store.correct(null);
      expect(store.snapshot.correction).to.be.null;
    });

    it('notifies of each change once', async () => {
      const { store } = await answered();
      let changes = 0;
      store.subscribe(() => (changes += 1));
      store.correct(7);
      store.correct(7);
      expect(changes).to.equal(1);
      store.correct(7, 'typed');
      expect(changes).to.equal(2);
      store.setPartSettings({ correctable: true });
      store.setPartSettings({ correctable: true });
      expect(changes).to.equal(3);
      expect(store.snapshot.correctable).to.be.true;
    });

    it('keeps a picked digit that only the answer for earlier ink agrees with', async () => {
      const { store, service } = await answered();
      draw(store, [50, 10], [90, 10]);
      await settle();
      store.correct(1);
      expect(store.snapshot.correction).to.deep.equal({ digit: 1, by: 'picked' });
      await service.requests[1].answer(8);
      expect(store.snapshot.value).to.equal('1');
    });

    it("settles without the network's answer, with or without ink", async () => {
      const { store } = connectedStore();
      store.correct(3, 'typed');
      expect(store.snapshot).to.deep.include({ settled: true, recognition: null });
      draw(store, [10, 10], [10, 100]);
      await settle();
      expect(store.snapshot.settled).to.be.false;
      store.correct(4);
      expect(store.snapshot.settled).to.be.true;
    });

    it('rejects anything but digits', () => {
      const { store } = connectedStore();
      for (const wrong of [-1, 10, 1.5, NaN]) {
        expect(() => store.correct(wrong))
          .to.throw('from 0 to 9')
          .with.property('code', 'invalid-option');
      }
      expect(store.snapshot.correction).to.be.null;
    });
  });

  describe('changes that others make meanwhile', () => {
    it('leave ink alone that a page mirrors, during a stroke and after a correction', async () => {
      const { store, service } = connectedStore();
      store.ink.subscribe(() => store.replaceInk(store.ink.snapshot.strokes, null));
      draw(store, [10, 10], [10, 50], [10, 100]);
      expect(store.ink.snapshot.strokes.map(({ points }) => points.length)).to.deep.equal([3]);
      await settle();
      await service.requests[0].answer(1);
      store.correct(7);
      store.replaceInk(store.ink.snapshot.strokes, null);
      expect(store.snapshot.value).to.equal('7');
    });

    it('do not let the failure of one way of reading prevent another', async () => {
      const { store, service } = connectedStore();
      store.multiple = true;
      draw(store, [10, 10], [10, 100]);
      await waitUntil(() => service.requests.length === 1);
      store.multiple = false;
      await service.requests[0].fail(new Error('The network stumbled.'));
      await waitUntil(() => service.requests.length === 2);
      await service.requests[1].answer(1);
      expect(store.snapshot).to.include({ value: '1', status: 'ready' });
    });

    it('are those of the page or the user who made them, until they are read and the pen is up', async () => {
      const { store, service } = connectedStore();
      store.ink.beginStroke({ x: 10, y: 10 }, frame);
      store.ink.extendStroke([{ x: 10, y: 100 }]);
      await settle();
      await service.requests[0].answer(1);
      store.learner = { apply: (recognition) => recognition, learn: () => {} };
      store.ink.endStroke();
      expect(store.snapshot.author).to.equal('user');

      for (const [author, other] of [
        ['user', 'page'],
        ['page', 'user'],
      ] as const) {
        const next = connectedStore();
        const picture = await slowPicture();
        if (author === 'user') draw(next.store, [10, 10], [10, 100]);
        else next.store.replaceInk([{ points: [10, 100].map((y) => ({ x: 10, y })) }], null);
        await settle();
        const read = next.store.recognize(picture.source, other).catch(() => null);
        await next.service.requests[0].answer(1);
        picture.fail();
        await read;
        expect(next.store.snapshot).to.include({ value: '1', author });
      }

      const untouched = connectedStore().store;
      untouched.initial = [4];
      untouched.ink.beginStroke({ x: 10, y: 10 }, frame);
      untouched.undo('user');
      untouched.initial = [7];
      expect(untouched.snapshot).to.include({ value: '7', author: 'page' });
    });

    it('teach only what is final, and may change the ink when they are told', async () => {
      const { store, service } = connectedStore();
      let lessons = 0;
      let then = (): void => {};
      store.learner = {
        apply: (recognition) => recognition,
        learn: () => {
          lessons += 1;
          then();
        },
      };
      store.ink.beginStroke({ x: 10, y: 10 }, frame);
      store.ink.extendStroke([{ x: 10, y: 100 }]);
      await settle();
      await service.requests[0].answer(1);
      store.correct(7);
      store.ink.discardStroke();
      expect(lessons, 'of a discarded stroke').to.equal(0);

      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests[1].answer(1);
      store.correct(7);
      then = () => store.clear('page', { history: true });
      const eraser = {};
      store.ink.beginErasing(eraser);
      store.ink.erase(store.ink.snapshot.strokes, eraser);
      store.ink.endStroke(eraser);
      expect(lessons).to.equal(1);
      store.correct(5, 'typed');
      expect(store.snapshot).to.include({ value: '5', settled: true });
    });

    it('teach nothing when an eraser touches the pad below a picture', async () => {
      const { store, service } = connectedStore();
      let lessons = 0;
      store.learner = { apply: (recognition) => recognition, learn: () => void (lessons += 1) };
      const picture = await slowPicture();
      const read = store.recognize(picture.source, 'user');
      picture.decode();
      await waitUntil(() => service.requests.length === 1);
      await service.requests[0].answer(1);
      await read;
      store.correct(7, 'typed');
      store.ink.beginErasing();
      store.ink.endStroke();
      expect(lessons).to.equal(0);
      store.correct(null);
      expect(store.snapshot.value).to.equal('1');
    });
  });

  describe('a stroke that is discarded', () => {
    const touch = (store: RecognitionStore): void => {
      store.ink.beginStroke({ x: 1, y: 1 }, frame);
      store.ink.extendStroke([{ x: 2, y: 2 }]);
    };

    it('gives a correction back, and the answer', async () => {
      const { store, service } = connectedStore();
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests[0].answer(5);
      store.correct(6);
      const before = store.snapshot;
      touch(store);
      await settle();
      await service.requests[1].answer(3);
      expect(store.snapshot.value).to.equal('3');
      store.ink.discardStroke();
      expect(store.snapshot).to.deep.equal({ ...before, author: 'user' });
      await settle();
      expect(service.requests).to.have.length(2);
    });

    it('gives an initial value and a set one back', () => {
      const { store } = connectedStore();
      store.initial = [7];
      touch(store);
      store.ink.discardStroke();
      expect(store.snapshot).to.include({ value: '7', settled: true, empty: false });
      store.set([8]);
      touch(store);
      store.ink.discardStroke();
      expect(store.snapshot).to.include({ value: '8', settled: true });
    });

    it('gives a picture back', async () => {
      const { store, service } = connectedStore();
      const picture = await slowPicture();
      const read = store.recognize(picture.source, 'user');
      picture.decode();
      await waitUntil(() => service.requests.length === 1);
      await service.requests[0].answer(7);
      await read;
      touch(store);
      expect(store.snapshot.picture).to.be.null;
      store.ink.discardStroke();
      expect(store.snapshot.picture).not.to.be.null;
      expect(store.snapshot).to.include({ value: '7', settled: true });
    });

    it('gives a picture that is being decoded back', async () => {
      const { store } = connectedStore();
      const picture = await slowPicture();
      void store.recognize(picture.source, 'user');
      touch(store);
      expect(store.snapshot.decoding).to.be.false;
      store.ink.discardStroke();
      expect(store.snapshot.decoding).to.be.true;
      picture.decode();
      await waitUntil(() => store.snapshot.picture);
    });

    it('does not wait for a picture that was decoded, or failed, in the meantime', async () => {
      for (const end of ['decode', 'fail'] as const) {
        const { store } = connectedStore();
        const picture = await slowPicture();
        const read = store.recognize(picture.source, 'user').catch(() => null);
        touch(store);
        picture[end]();
        await settle();
        store.ink.discardStroke();
        expect(store.snapshot).to.include({ decoding: false, settled: true, empty: true });
        await read;
      }
    });

    it('gives nothing back that user or page have replaced meanwhile', () => {
      for (const change of [
        (store: RecognitionStore) => store.set([5]),
        (store: RecognitionStore) => store.correct(6, 'typed'),
        (store: RecognitionStore) => store.correct(null),
      ]) {
        const { store } = connectedStore();
        store.set([4]);
        touch(store);
        change(store);
        store.ink.discardStroke();
        expect(store.snapshot.value).to.equal('');
      }
    });
  });

  describe('steps', () => {
    it('belong to the ink that was answered, at its position on the pad', async () => {
      const { store, service } = connectedStore();
      expect(store.steps).to.be.null;
      draw(store, [10, 10], [10, 100]);
      await settle();
      await service.requests[0].answer(1);
      const { ink, centered } = store.steps!;
      expect([...centered.data]).to.deep.equal([...service.requests[0].image]);
      const inked = [...ink.data.keys()].filter((pixel) => ink.data[pixel] > 0.5);
      // On the left of the pad, in its upper half.
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
