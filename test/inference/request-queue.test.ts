import { expect } from '@open-wc/testing';
import { RequestQueue } from '../../src/inference/request-queue.js';

const call = (count: number) => ({ images: new Float32Array(784), count, outputs: ['logits'] });

const answerWith = (...logits: number[]) => ({ logits: Float32Array.from(logits) });

/** The reason of a rejected promise. */
function reason(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('The promise was expected to reject.'),
    (error: unknown) => error,
  );
}

/** The next request. */
const first = (queue: RequestQueue) => queue.next(() => true);

describe('RequestQueue', () => {
  it('returns requests in the order of their calls', async () => {
    const queue = new RequestQueue();
    const answers = [1, 2, 3].map((count) => queue.add(call(count)));
    const order: (number | undefined)[] = [];
    for (let request = first(queue); request; request = first(queue)) {
      order.push(request.count);
      request.resolve(answerWith(request.count));
    }
    expect(order).to.deep.equal([1, 2, 3]);
    expect((await Promise.all(answers)).map(({ logits }) => logits[0])).to.deep.equal([1, 2, 3]);
  });

  it('forgets a request as soon as it is answered or rejected', () => {
    const queue = new RequestQueue();
    void queue.add(call(1));
    const refused = queue.add(call(2));
    const request = first(queue);
    request?.resolve(answerWith(0));
    expect(request && queue.has(request)).to.be.false;
    expect(queue.size).to.equal(1);
    first(queue)?.reject(new Error('no'));
    expect(first(queue)).to.be.undefined;
    return reason(refused);
  });

  it('rejects a pending request with the reason of its signal, and keeps the others in order', async () => {
    const queue = new RequestQueue();
    const controller = new AbortController();
    void queue.add(call(1));
    const given = reason(queue.add(call(2), controller.signal));
    void queue.add(call(3));
    const why = new Error('changed my mind');
    controller.abort(why);
    expect(await given).to.equal(why);
    first(queue)?.resolve(answerWith(0));
    expect(first(queue)?.count).to.equal(3);
  });

  it('accepts no request whose signal is already aborted', async () => {
    const queue = new RequestQueue();
    const error = await reason(queue.add(call(1), AbortSignal.abort()));
    expect(error).to.be.instanceOf(DOMException);
    expect((error as DOMException).name).to.equal('AbortError');
    expect(queue.size).to.equal(0);
  });

  it('stops listening to the signal of an answered request', async () => {
    const queue = new RequestQueue();
    const controller = new AbortController();
    const answer = queue.add(call(1), controller.signal);
    first(queue)?.resolve(answerWith(7));
    controller.abort();
    expect(await answer).to.deep.equal(answerWith(7));
  });

  it('rejects all pending requests', async () => {
    const queue = new RequestQueue();
    const reasons = [1, 2].map((count) => reason(queue.add(call(count))));
    const why = new Error('no engine');
    queue.rejectAll(why);
    expect(await Promise.all(reasons)).to.deep.equal([why, why]);
    expect(queue.size).to.equal(0);
  });
});
