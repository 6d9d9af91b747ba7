import { expect } from '@open-wc/testing';
import { importOnce, retryByUrl } from '../../src/utils/index.js';

class CodeError extends Error {
  constructor(
    readonly code: 'network',
    message: string,
    options: { cause: unknown },
  ) {
    super(message, options);
  }
}

/** Imports with the given outcomes, one per attempt; an error is a failure. */
function importing(...outcomes: unknown[]) {
  const attempts: unknown[] = [];
  const load = importOnce(
    async () => {
      const outcome = outcomes[attempts.length];
      attempts.push(outcome);
      // Like a browser, it answers later.
      await Promise.resolve();
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a module may throw anything
      if (outcome instanceof Error || typeof outcome === 'string') throw outcome;
      return outcome;
    },
    'reads numbers',
    CodeError,
  );
  return { load, attempts };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );

const offline = new Error('Failed to fetch');

describe('importOnce', () => {
  it('imports nothing before it is called, and once for all calls, concurrent or later', async () => {
    const module = { read: () => 7 };
    const { load, attempts } = importing(module);
    expect(attempts).to.have.length(0);
    expect(await Promise.all([load(), load()])).to.deep.equal([module, module]);
    expect(await load()).to.equal(module);
    expect(attempts).to.have.length(1);
  });

  it('rejects all concurrent calls with one error, which says what the code is for, and why', async () => {
    const { load, attempts } = importing(offline);
    const [first, second] = await Promise.all([failureOf(load()), failureOf(load())]);
    expect(first).to.be.instanceOf(CodeError);
    expect(first).to.have.property('code', 'network');
    expect(first).to.have.property('cause', offline);
    expect((first as Error).message).to.equal(
      'The code that reads numbers could not be fetched: Failed to fetch. Try again.',
    );
    expect(second).to.equal(first);
    expect(attempts).to.have.length(1);
  });

  it('tries again after each failure, until it succeeds', async () => {
    const { load, attempts } = importing(offline, 'a reason that is no error', 7, 8);
    await failureOf(load());
    expect(((await failureOf(load())) as Error).message).to.contain('fetched: a reason that is no error.');
    expect(await load()).to.equal(7);
    expect(await load()).to.equal(7);
    expect(attempts).to.have.length(3);
  });

  describe('in Firefox, which remembers for each URL that a module could not be fetched', () => {
    const url = 'https://cdn.example/numbers.js';
    const remembered = new TypeError(`error loading dynamically imported module: ${url}`);

    // The order matters: nothing can unset how URLs are imported.
    it('repeats the import as it is, unless it may use other URLs', async () => {
      const { load, attempts } = importing(remembered, 7);
      await failureOf(load());
      expect(await load()).to.equal(7);
      expect(attempts).to.have.length(2);
    });

    it('retries by another URL each time', async () => {
      const urls: string[] = [];
      retryByUrl((retried) => {
        urls.push(retried);
        return urls.length < 2 ? Promise.reject(new TypeError(`${remembered.message}?retry=1`)) : Promise.resolve(7);
      });
      const { load, attempts } = importing(remembered);
      await failureOf(load());
      expect(await failureOf(load())).to.be.instanceOf(CodeError);
      expect(await load()).to.equal(7);
      expect(attempts).to.have.length(1);
      expect(urls).to.deep.equal([`${url}?retry=1`, `${url}?retry=2`]);
    });

    it('repeats the import as it is after any other failure', async () => {
      const urls: string[] = [];
      retryByUrl((retried) => {
        urls.push(retried);
        return Promise.resolve(8);
      });
      const { load } = importing(offline, 7);
      await failureOf(load());
      expect(await load()).to.equal(7);
      expect(urls).to.deep.equal([]);
    });
  });
});
