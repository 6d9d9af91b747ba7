import { expect, waitUntil } from '@open-wc/testing';
import { openKeptProfile, type KeptProfile } from '../../src/learning/kept-profile.js';
import type { Recognition } from '../../src/recognition/index.js';
import { WriterProfile } from '../../src/learning/index.js';
import { wait } from '../support/wait.js';
import { featuresOf, leastEnergy, randomNumbers, recognitionOf } from './support.js';

const MODEL = 'a model';

let names = 0;

/** A name that no other test uses. */
const newName = (): string => `kept-profile.test ${Date.now()} ${names++}`;

const drawing = (way: number): Recognition => recognitionOf(null, featuresOf(way), { model: MODEL });

const answerOf = (profile: KeptProfile, way: number): number | null => profile.apply(drawing(way), leastEnergy).digit;

/** A profile like that of another tab, with its own memory. */
async function openTab(name: string, model = MODEL): Promise<KeptProfile> {
  const profile = openKeptProfile(WriterProfile, name, model);
  await profile.ready;
  return profile;
}

/** Opens a table of the database for `use`. */
function withTable(use: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('digit-recognizer', 1);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction('profiles', 'readwrite');
      const request = use(transaction.objectStore('profiles'));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => reject(new Error('IndexedDB failed.', { cause: transaction.error }));
    };
    opening.onerror = () => reject(new Error('IndexedDB failed.', { cause: opening.error }));
  });
}

const deleteDatabase = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('digit-recognizer');
    request.onsuccess = () => resolve();
    request.onblocked = () => reject(new Error('A profile keeps the database open.'));
    request.onerror = () => reject(new Error('IndexedDB failed.', { cause: request.error }));
  });

/** Replaces a member of an object until the test ends. */
const replaced: (() => void)[] = [];
function replace<Name extends string>(owner: { [name in Name]: unknown }, name: Name, value: unknown): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  replaced.push(() => {
    if (descriptor) Object.defineProperty(owner, name, descriptor);
    else delete (owner as Partial<typeof owner>)[name];
  });
}

describe('a kept profile', () => {
  const rejections: unknown[] = [];
  const onRejection = ({ reason }: PromiseRejectionEvent): void => void rejections.push(reason);

  before(() => window.addEventListener('unhandledrejection', onRejection));
  after(() => window.removeEventListener('unhandledrejection', onRejection));
  afterEach(async () => {
    replaced
      .splice(0)
      .reverse()
      .forEach((restore) => restore());
    await wait();
    expect(rejections).to.deep.equal([]);
  });

  it('is restored when the page is opened again', async () => {
    const name = newName();
    const first = await openTab(name);
    first.learn(drawing(1), 7);
    first.learn(drawing(2), null);
    await first.written;
    const second = await openTab(name);
    expect(JSON.stringify(second)).to.equal(JSON.stringify(first));
    expect(answerOf(second, 1)).to.equal(7);
  });

  it('keeps names and models apart', async () => {
    const name = newName();
    const profile = await openTab(name);
    profile.learn(drawing(1), 7);
    await profile.written;
    expect((await openTab(newName())).size).to.equal(0);
    const other = await openTab(name, 'another model');
    expect(other.size).to.equal(0);
    expect(() => other.learn(drawing(1), 7))
      .to.throw()
      .with.property('code', 'other-model');
    expect((await openTab(name)).size).to.equal(1);
  });

  it('starts over when the model at a URL has been replaced by one with another number of features', async () => {
    const name = newName();
    const before = await openTab(name);
    before.learn(drawing(1), 7);
    await before.written;
    const retrained = recognitionOf(null, featuresOf(2).slice(0, 32), { model: MODEL });
    const after = await openTab(name);
    expect(after.apply(retrained, leastEnergy)).to.equal(retrained);
    after.learn(retrained, 5);
    await after.written;
    const later = await openTab(name);
    expect([later.size, later.apply(retrained, leastEnergy).digit]).to.deep.equal([1, 5]);
  });

  it('is a whole profile while stored lessons are still being read', async () => {
    const profile = openKeptProfile(WriterProfile, newName(), MODEL);
    // The first access to the storage started before the lesson, and finds nothing.
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to a store below
    const { get } = IDBObjectStore.prototype;
    const texts: string[] = [];
    replace(IDBObjectStore.prototype, 'get', function (this: IDBObjectStore, key: IDBValidKey) {
      if (profile.size === 0) profile.learn(drawing(1), 7);
      else texts.push(JSON.stringify(profile));
      return get.call(this, key);
    });
    await profile.ready;
    await profile.written;
    expect(texts).to.have.length(1);
    expect(WriterProfile.fromJSON(texts[0])).to.include({ size: 1, model: MODEL });
  });

  it('learns in one tab what another one has learned', async () => {
    const name = newName();
    const [first, second] = await Promise.all([openTab(name), openTab(name)]);
    first.learn(drawing(1), 7);
    await waitUntil(() => second.size === 1, 'the other tab has not learned');
    second.learn(drawing(1), 4);
    await waitUntil(() => answerOf(first, 1) === 4, 'the later lesson has not arrived');
    expect(first.size).to.equal(1);
  });

  it('loses nothing when fifty tabs learn at once', async () => {
    const name = newName();
    const tabs = await Promise.all(Array.from({ length: 50 }, () => openTab(name)));
    tabs.forEach((tab, way) => tab.learn(drawing(way), way % 10));
    await waitUntil(() => tabs.every(({ size }) => size === 50), 'the tabs differ', { timeout: 20_000 });
    for (const tab of [tabs[0], tabs[49], await openTab(name)]) {
      expect(Array.from({ length: 50 }, (_, way) => answerOf(tab, way))).to.deep.equal(
        Array.from({ length: 50 }, (_, way) => way % 10),
      );
    }
  });

  it('forgets in all tabs, for every model of the name', async () => {
    const name = newName();
    const [first, second, other] = await Promise.all([openTab(name), openTab(name), openTab(name, 'another model')]);
    first.learn(drawing(1), 7);
    other.learn(recognitionOf(null, featuresOf(1), { model: 'another model' }), 3);
    await Promise.all([first.written, other.written]);
    await waitUntil(() => second.size === 1);
    second.forget();
    expect(second.size).to.equal(0);
    await waitUntil(() => first.size + other.size === 0, 'another tab still has it');
    expect((await openTab(name)).size).to.equal(0);
  });

  it('keeps lessons learned right after forgetting', async () => {
    const name = newName();
    const profile = await openTab(name);
    profile.learn(drawing(1), 7);
    await profile.written;
    profile.forget();
    profile.learn(drawing(2), 5);
    await profile.written;
    const kept = await openTab(name);
    expect([kept.size, answerOf(kept, 1), answerOf(kept, 2)]).to.deep.equal([1, null, 5]);
  });

  it('learns while stored lessons are still being read', async () => {
    const name = newName();
    const first = await openTab(name);
    first.learn(drawing(1), 7);
    await first.written;
    const second = openKeptProfile(WriterProfile, name, MODEL);
    second.learn(drawing(2), 5);
    await second.ready;
    await second.written;
    expect([answerOf(second, 1), answerOf(second, 2)]).to.deep.equal([7, 5]);
  });

  it('starts over if the record is damaged', async () => {
    const random = randomNumbers(7);
    const bytes = Uint8Array.from({ length: 500 }, () => random() * 256);
    for (const record of [bytes, String.fromCharCode(...bytes), 7, null, { version: 1, digits: '7', features: '?' }]) {
      const name = newName();
      await openTab(name);
      await withTable((table) => table.put(record, [name, MODEL]));
      const profile = await openTab(name);
      expect(profile.size).to.equal(0);
      profile.learn(drawing(1), 7);
      await profile.written;
      expect((await openTab(name)).size).to.equal(1);
    }
  });

  it('leaves a record of a newer version unchanged, and learns until the page is closed', async () => {
    const name = newName();
    await openTab(name);
    const record = { version: 99, news: true };
    await withTable((table) => table.put(record, [name, MODEL]));
    const profile = await openTab(name);
    profile.learn(drawing(1), 7);
    await profile.written;
    expect(answerOf(profile, 1)).to.equal(7);
    expect(await withTable((table) => table.get([name, MODEL]))).to.deep.equal(record);
  });

  for (const [fault, open] of [
    [
      'refused',
      () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    ],
    [
      'broken',
      () => {
        const request: { onerror?: () => void; error: unknown } = { error: new DOMException('Broken', 'UnknownError') };
        setTimeout(() => request.onerror?.());
        return request;
      },
    ],
    ['silent', () => ({})],
  ] as const) {
    it(`learns until the page is closed if the storage is ${fault}`, async () => {
      replace(IDBFactory.prototype, 'open', open);
      const profile = await openTab(newName());
      profile.learn(drawing(1), 7);
      profile.learn(drawing(2), 8);
      expect([answerOf(profile, 1), answerOf(profile, 2)]).to.deep.equal([7, 8]);
      profile.forget();
      expect(profile.size).to.equal(0);
    });
  }

  it('works without IndexedDB and without a channel to other tabs', async () => {
    replace(window, 'indexedDB', undefined);
    replace(window, 'BroadcastChannel', undefined);
    const profile = await openTab(newName());
    profile.learn(drawing(1), 7);
    await profile.written;
    expect(answerOf(profile, 1)).to.equal(7);
  });

  it('saves lessons later if the storage was full', async () => {
    const name = newName();
    const profile = await openTab(name);
    replace(IDBObjectStore.prototype, 'put', () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    });
    profile.learn(drawing(1), 7);
    await profile.written;
    expect(answerOf(profile, 1)).to.equal(7);
    replaced.splice(0).forEach((restore) => restore());
    profile.learn(drawing(2), 5);
    await profile.written;
    const kept = await openTab(name);
    expect([answerOf(kept, 1), answerOf(kept, 2)]).to.deep.equal([7, 5]);
  });

  it('agrees with the storage on what a full profile has dropped', async () => {
    const name = newName();
    replace(globalThis, 'BroadcastChannel', () => {});
    const late = await openTab(name);
    replaced.splice(0).forEach((restore) => restore());
    const other = await openTab(name);
    for (let way = 0; way < 300; way++) other.learn(drawing(way), 5);
    await other.written;
    // In one go, when it does not know yet that the profile is full: the second one replaces the first.
    for (const values of [featuresOf(300), featuresOf(300, 0.05, randomNumbers(1))]) {
      late.learn(recognitionOf(null, values, { model: MODEL }), 5);
    }
    await late.written;
    expect(late.size).to.equal(300);
    // Their texts are too long for a message.
    expect(JSON.stringify(late) === JSON.stringify(await openTab(name)), 'they agree').to.equal(true);
  });

  it('continues when another tab deletes the database', async () => {
    const name = newName();
    const profile = await openTab(name);
    profile.learn(drawing(1), 7);
    await profile.written;
    await deleteDatabase();
    expect(answerOf(profile, 1)).to.equal(7);
    profile.learn(drawing(2), 5);
    await profile.written;
    expect(answerOf(await openTab(name), 2)).to.equal(5);
  });

  it("survives another program's database", async () => {
    await deleteDatabase();
    const open = (version?: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('digit-recognizer', version);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(new Error('IndexedDB failed.', { cause: request.error }));
      });
    for (const version of [1, 7]) {
      await open(version);
      const profile = await openTab(newName());
      profile.learn(drawing(1), 7);
      await profile.written;
      expect(answerOf(profile, 1)).to.equal(7);
    }
    await deleteDatabase();
  });
});
