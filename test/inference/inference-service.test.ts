import { expect } from '@open-wc/testing';
import type { LoadProgressEvent } from '../../src/inference/events/load-progress-event.js';
import type { StatusChangeEvent } from '../../src/inference/events/status-change-event.js';
import { catalog } from '../../src/model/catalog.js';
import { goldenInput } from '../../src/model/golden-input.js';
import { createWorker } from '../../src/inference/engines/onnxruntime/create-worker.js';
import type { Engine } from '../../src/inference/engines/engine.js';
import { wasmBytes } from '../../src/inference/engines/onnxruntime/onnx-runtime-build.js';
import type { Request } from '../../src/inference/engines/onnxruntime/worker-protocol.js';
import { InferenceError, InferenceService } from '../../src/inference/index.js';
import { mnistTest } from '../support/mnist.js';
import { wait } from '../support/wait.js';
import {
  echo,
  failure,
  firstTen,
  makeService,
  nextEvent,
  oneAtATime,
  picture,
  releaseServices,
  WorkerWatch,
} from './support.js';

const largestIndex = (values: Float32Array): number => values.indexOf(Math.max(...values));

describe('InferenceService', () => {
  afterEach(releaseServices);

  it('reads the digits of MNIST with both models of the catalog', async () => {
    const { images, labels } = await mnistTest(1000);
    for (const model of ['compact', 'reference'] as const) {
      const service = makeService({ model });
      const logits = await service.infer(images, 1000);
      expect(logits).to.have.length(10_000);
      const right = labels.filter((label, index) => largestIndex(logits.slice(index * 10, index * 10 + 10)) === label);
      expect(right.length, model).to.be.at.least(990);
      expect(service.temperature).to.equal(catalog[model].temperature);
      expect(service.backend).to.equal('wasm');
    }
  });

  it('gives the same answer for an image alone and among others, however many', async () => {
    const { images } = await mnistTest(200);
    const service = makeService();
    const alone = await Promise.all(
      Array.from({ length: 200 }, (_, index) => service.infer(images.slice(index * 784, (index + 1) * 784), 1)),
    );
    for (const count of [1, 2, 7, 64, 65, 200]) {
      const together = await service.infer(images.slice(0, count * 784), count);
      expect(together).to.have.length(count * 10);
      const differences = together.map((value, index) => Math.abs(value - alone[Math.floor(index / 10)][index % 10]));
      expect(Math.max(...differences), `${count} pictures`).to.be.below(1e-4);
    }
  });

  it('runs a model by its URL like the one in the catalog, without a temperature', async () => {
    const { images } = await mnistTest(5);
    const service = makeService({ model: '/models/compact.onnx' });
    expect(service.temperature).to.equal(1);
    expect(await service.infer(images, 5)).to.deep.equal(await makeService().infer(images, 5));
    expect(service.decision).to.deep.equal({ engine: 'onnxruntime-wasm', givenUp: [], webgpuLatency: null });
  });

  it('runs a catalog model as a program, without a worker', async () => {
    const watch = new WorkerWatch();
    const service = makeService({}, { createWorker: watch.createWorker });
    expect(service.decision.engine).to.be.null;
    await service.ready;
    expect(service.decision).to.deep.equal({ engine: 'wasm-program', givenUp: [], webgpuLatency: null });
    expect(watch.all).to.have.length(0);
  });

  it('goes from idle to loading to ready, and fires events', async () => {
    const service = makeService({ model: firstTen });
    const steps: string[] = [];
    service.addEventListener('statuschange', (event) => steps.push((event as StatusChangeEvent).status));
    service.addEventListener('backendchange', () => steps.push(String(service.backend)));
    expect(service.status).to.equal('idle');
    const { ready } = service;
    expect(service.status).to.equal('loading');
    await ready;
    expect(steps).to.deep.equal(['loading', 'wasm', 'ready']);
    expect(service.status).to.equal('ready');
    expect(service.error).to.be.null;
  });

  it('loads once however often it is requested, even from within its own events', async () => {
    const watch = new WorkerWatch();
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker });
    const promises = new Set<Promise<void>>();
    service.addEventListener('statuschange', () => promises.add(service.load()));
    service.addEventListener('progress', () => promises.add(service.ready));
    promises.add(service.load());
    await Promise.all([service.load(), service.infer(picture(1), 1)]);
    expect(promises.size).to.equal(1);
    expect(watch.all).to.have.length(1);
  });

  it('counts the bytes of runtime and model, monotonically, up to the total', async () => {
    const service = makeService({ model: '/models/compact.onnx' });
    const steps: number[] = [];
    const totals = new Set<number>();
    service.addEventListener('progress', (event) => {
      const { loaded, total } = event as LoadProgressEvent;
      expect({ loaded, total }).to.deep.equal(service.progress);
      steps.push(loaded);
      totals.add(total);
    });
    expect(service.progress).to.deep.equal({ loaded: 0, total: 0 });
    await service.ready;
    const whole = wasmBytes.wasm + catalog.compact.bytes;
    expect(Math.max(...totals)).to.equal(whole);
    expect(steps.at(-1)).to.equal(whole);
    expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
  });

  it('answers in the order of the calls, including those from before it was ready', async () => {
    const service = makeService({ model: firstTen });
    const order: number[] = [];
    const answers = Array.from({ length: 50 }, async (_, index) => {
      const logits = await service.infer(picture(index), 1);
      order.push(index);
      return [...logits];
    });
    expect(await Promise.all(answers)).to.deep.equal(Array.from({ length: 50 }, (_, index) => echo(index)));
    expect(order).to.deep.equal(Array.from({ length: 50 }, (_, index) => index));
  });

  it('passes on a request that arrives while another is in flight, if the engine accepts more', async () => {
    const runs: (() => void)[] = [];
    let passed = (): void => {};
    const engine: Engine = {
      backend: 'wasm',
      concurrency: 2,
      lost: new Promise(() => {}),
      run: (images) =>
        new Promise((resolve) => {
          runs.push(() => resolve({ logits: images.slice(0, 10) }));
          passed();
        }),
      dispose: () => {},
    };
    const service = makeService(
      { model: firstTen },
      { loadOnnxRuntime: () => Promise.resolve(() => Promise.resolve(engine)) },
    );
    const answers: Promise<Float32Array>[] = [];
    for (const value of [1, 2]) {
      const isPassed = new Promise<void>((resolve) => (passed = resolve));
      answers.push(service.infer(picture(value), 1));
      await isPassed;
    }
    for (const finish of runs) finish();
    expect((await Promise.all(answers)).map((logits) => [...logits])).to.deep.equal([echo(1), echo(2)]);
  });

  it('returns the features of each image along with its logits, on request', async () => {
    const service = makeService();
    const images = goldenInput(150 * 784, 1);
    const { logits, features } = await service.run(images, 150, { features: true });
    expect(features).to.have.length(150 * 64);
    for (const index of [0, 63, 64, 149]) {
      const alone = await service.run(images.slice(784 * index, 784 * (index + 1)), 1, { features: true });
      expect(logits.slice(10 * index, 10 * (index + 1))).to.deep.equal(alone.logits);
      expect(features?.slice(64 * index, 64 * (index + 1))).to.deep.equal(alone.features);
    }
    expect(await service.run(images, 150)).to.deep.equal({ logits, features: null });
    expect(await service.infer(images, 150)).to.deep.equal(logits);
  });

  it('returns no features for a model by URL without such an output, but answers', async () => {
    const service = makeService({ model: firstTen });
    const { logits, features } = await service.run(picture(3), 1, { features: true });
    expect([...logits]).to.deep.equal(echo(3));
    expect(features).to.be.null;
  });

  it('splits many images into several runs and concatenates the answers', async () => {
    const service = makeService({ model: firstTen });
    const images = Float32Array.from({ length: 150 * 784 }, (_, index) => Math.floor(index / 784));
    const logits = await service.infer(images, 150);
    expect([...logits]).to.deep.equal(Array.from({ length: 1500 }, (_, index) => Math.floor(index / 10)));
  });

  it('copies the images at the call', async () => {
    const service = makeService({ model: firstTen });
    const images = picture(5);
    const answer = service.infer(images, 1);
    images.fill(9);
    expect([...(await answer)]).to.deep.equal(echo(5));
    expect(images).to.have.length(784);
  });

  it('rejects an invalid call, and reports what is wrong', async () => {
    const service = makeService({ model: firstTen });
    const calls: [Float32Array, number][] = [
      [new Float32Array(783), 1],
      [picture(0), 2],
      [picture(0), 0],
      [picture(0), 1.5],
      [new Float32Array(0), -1],
    ];
    for (const [images, count] of calls) {
      const error = await failure(service.infer(images, count));
      expect(error.code).to.equal('invalid-input');
      expect(error.message).to.contain(String(images.length));
    }
    for (const value of [NaN, Infinity]) {
      expect((await failure(service.infer(picture(0).fill(value, 783), 1))).code).to.equal('invalid-input');
    }
    expect(service.status).to.equal('idle');
  });

  it('rejects an unknown backend or model', () => {
    expect(() => new InferenceService({ backend: 'cuda' as 'wasm' })).to.throw(InferenceError, /"cuda"/);
    expect(() => new InferenceService({ model: 'https://' })).to.throw(InferenceError, /https:\/\//);
  });

  it('rejects a failing call with its own error, and answers the others', async () => {
    const service = makeService({ model: oneAtATime });
    const before = service.infer(picture(1), 1);
    const wrong = service.infer(new Float32Array(2 * 784), 2);
    const after = service.infer(picture(2), 1);
    expect([...(await before)]).to.deep.equal(echo(1));
    expect((await failure(wrong)).code).to.equal('model');
    expect([...(await after)]).to.deep.equal(echo(2));
    expect(service.status).to.equal('ready');
  });

  describe('with an AbortSignal', () => {
    it("rejects pending calls immediately, with the signal's reason, and answers the others", async () => {
      const service = makeService({ model: firstTen });
      const controller = new AbortController();
      const before = service.infer(picture(1), 1);
      const given = service.infer(picture(2), 1, { signal: controller.signal });
      const after = service.infer(picture(3), 1);
      const reason = new Error('newer ink');
      controller.abort(reason);
      expect(await given.catch((error: unknown) => error)).to.equal(reason);
      expect(service.status).to.equal('loading');
      expect([...(await before), ...(await after)]).to.deep.equal([...echo(1), ...echo(3)]);
    });

    it('drops the answer of a running call', async () => {
      const service = makeService({ model: firstTen });
      await service.ready;
      const controller = new AbortController();
      const given = service.infer(picture(2), 1, { signal: controller.signal });
      await Promise.resolve();
      const after = service.infer(picture(3), 1);
      controller.abort();
      const error = await given.catch((thrown: unknown) => thrown);
      expect((error as DOMException).name).to.equal('AbortError');
      expect([...(await after)]).to.deep.equal(echo(3));
    });

    it('stops running a call with many images once it is aborted', async () => {
      const counts: number[] = [];
      const service = makeService(
        { model: firstTen },
        {
          createWorker: (url) => {
            const started = createWorker(url);
            const { worker } = started;
            worker.postMessage = (message: Request, transfer: unknown) => {
              if (message.command === 'run') counts.push(message.parameters.count);
              Worker.prototype.postMessage.call(worker, message, transfer as StructuredSerializeOptions);
            };
            return started;
          },
        },
      );
      await service.ready;
      const controller = new AbortController();
      const reason = new Error('newer ink');
      const given = service.infer(new Float32Array(200 * 784), 200, { signal: controller.signal });
      await Promise.resolve();
      controller.abort(reason);
      expect(await given.catch((error: unknown) => error)).to.equal(reason);
      expect([...(await service.infer(picture(3), 1))]).to.deep.equal(echo(3));
      expect(counts.slice(-1)).to.deep.equal([1]);
      expect(counts.length).to.be.below(3);
    });

    it('does nothing for a signal that is already aborted', async () => {
      const service = makeService({ model: firstTen });
      const error = await service
        .infer(picture(2), 1, { signal: AbortSignal.abort() })
        .catch((thrown: unknown) => thrown);
      expect((error as DOMException).name).to.equal('AbortError');
      expect(service.status).to.equal('idle');
    });
  });

  describe('shared on the page', () => {
    it('is the same for a model and backend, named or by default', () => {
      const service = InferenceService.shared();
      expect(InferenceService.shared({ model: 'compact' })).to.equal(service);
      expect(InferenceService.shared({ backend: 'auto' })).to.equal(service);
      expect(InferenceService.shared({ backend: 'wasm' })).not.to.equal(service);
      expect(InferenceService.shared({ model: 'reference' })).not.to.equal(service);
    });

    it('is the same for a URL, however it is written', () => {
      const service = InferenceService.shared({ model: 'a/../mine.onnx' });
      expect(InferenceService.shared({ model: new URL('mine.onnx', document.baseURI).href })).to.equal(service);
    });
  });

  describe('counting its users', () => {
    // These services keep an unused engine for 0 ms: a shutdown that was scheduled would come within the wait.
    it('keeps its worker while one user is left, and while a node is moved', async () => {
      const watch = new WorkerWatch();
      const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, keepAlive: 0 });
      service.retain();
      await service.ready;
      service.release();
      await wait();
      expect(service.status).to.equal('ready');
      service.release();
      service.retain();
      await wait();
      expect(service.status).to.equal('ready');
      expect(watch.alive.size).to.equal(1);
    });

    it('keeps its worker for a while after the last one', async () => {
      const service = makeService({ model: firstTen }, { keepAlive: 60_000 });
      await service.ready;
      service.release();
      await wait();
      expect(service.status).to.equal('ready');
    });

    it('terminates its worker after the last one, and starts again with the next request', async () => {
      const watch = new WorkerWatch();
      const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, keepAlive: 0 });
      await service.ready;
      service.release();
      expect(watch.alive.size).to.equal(1);
      await nextEvent(service, 'statuschange');
      expect(service.status).to.equal('idle');
      expect(service.backend).to.be.null;
      expect(watch.alive.size).to.equal(0);

      expect([...(await service.infer(picture(4), 1))]).to.deep.equal(echo(4));
      expect(watch.alive.size).to.equal(1);
      await nextEvent(service, 'statuschange');
      expect(service.status).to.equal('idle');
      expect(watch.alive.size).to.equal(0);
    });

    it('answers pending requests after the last user has left', async () => {
      const watch = new WorkerWatch();
      const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, keepAlive: 0 });
      const answer = service.infer(picture(6), 1);
      service.release();
      expect([...(await answer)]).to.deep.equal(echo(6));
      await nextEvent(service, 'statuschange');
      expect(watch.alive.size).to.equal(0);
    });

    it('tolerates one release too many', async () => {
      const service = makeService({ model: firstTen }, { keepAlive: 0 });
      service.release();
      service.release();
      service.retain();
      await service.infer(picture(5), 1);
      // The service may find that it is unused only after the answer, in the same task.
      await wait();
      await wait();
      expect(service.status).to.equal('ready');
    });
  });
});
