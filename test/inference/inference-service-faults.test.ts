import { expect } from '@open-wc/testing';
import { assetUrls } from '../../src/inference/files/assets.js';
import { timeLimits } from '../../src/inference/engines/time-limits.js';
import { loadOnnxRuntime, ONNX_RUNTIME_VERSION } from '../../src/inference/engines/onnxruntime/onnx-runtime-plugin.js';
import { program } from '../../src/generated/wasm-programs/compact.js';
import { program as otherProgram } from '../../src/generated/wasm-programs/reference.js';
import { wasmPrograms } from '../../src/inference/engines/wasm/wasm-programs.js';
import { mnistTest } from '../support/mnist.js';
import {
  createFaultyWorkers,
  echo,
  failure,
  faulty,
  firstTen,
  fiveValues,
  makeService,
  nextEvent,
  picture,
  releaseServices,
  runtimeUrls,
  type TestEnvironment,
  WorkerWatch,
} from './support.js';

const { wasm, workers } = runtimeUrls;
const { model } = assetUrls.compact;

/** The URLs with one file replaced. */
const withModel = (url: string) => ({ assetUrls: { ...assetUrls, compact: { ...assetUrls.compact, model: url } } });
const withProgram = (program: string) => ({ wasmPrograms: { ...wasmPrograms, compact: () => program } });
const withWasm = (url: string) => ({ urls: { ...runtimeUrls, wasm: { ...wasm, wasm: url } } });
const withWorker = (url: string) => ({ urls: { ...runtimeUrls, workers: { ...workers, wasm: url } } });

/** A program, in hexadecimal, with wrong code: the first addition of float32 vectors subtracts. */
function subtractsFirst(program: string): string {
  const [add, subtract] = ['fde401', 'fde501'];
  expect(program).to.contain(add);
  return program.replace(add, subtract);
}

/** The program, in hexadecimal, with the answer to its second known input ascribed to another one. */
function expectsAnotherAnswer(program: string): string {
  const [second, third] = ['"seed":2', '"seed":3'].map((text) =>
    Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16)).join(''),
  );
  expect(program).to.contain(second);
  return program.replace(second, third);
}

describe("InferenceService, when a model's file is wrong", () => {
  afterEach(releaseServices);

  const faults: [name: string, code: string, url: string][] = [
    ['is missing', 'asset-missing', faulty('missing', model)],
    ['has a wrong byte', 'checksum', faulty('changed', model)],
    ['is another one', 'checksum', assetUrls.reference.model],
  ];

  for (const [name, code, url] of faults) {
    it(`reports it when the model ${name}, and rejects pending requests`, async () => {
      const service = makeService({}, withModel(url));
      const [loading, waiting] = [service.ready, service.infer(picture(0), 1)].map(failure);
      const error = await loading;
      expect(error.code).to.equal(code);
      expect(error.url).to.equal(url);
      expect(error.message).to.contain(url);
      expect(await waiting).to.equal(error);
      expect(service.status).to.equal('error');
      expect(service.error).to.equal(error);
    });
  }

  const programFaults: [name: string, program: string, words: RegExp][] = [
    ['is truncated', program.slice(0, 2 * Math.floor(program.length / 4)), /not accepted by the browser/],
    ['adds incorrectly', subtractsFirst(program), /its own test/],
    ['belongs to another model', otherProgram, /another model/],
  ];

  for (const [name, damaged, words] of programFaults) {
    it(`falls back to stock ONNX Runtime when the program ${name}, gives the same answer and reports why`, async () => {
      const { images } = await mnistTest(3);
      const service = makeService({ backend: 'wasm' }, withProgram(damaged));
      expect(await service.infer(images, 3)).to.deep.equal(await makeService().infer(images, 3));
      const { engine, givenUp } = service.decision;
      expect(engine).to.equal('onnxruntime-wasm');
      expect(givenUp.map((one) => [one.engine, one.error.code])).to.deep.equal([['wasm-program', 'program']]);
      expect(givenUp[0].error.message).to.match(words);
    });

    it(`reports it when the program ${name} and stock ONNX Runtime is not plugged in`, async () => {
      const service = makeService({}, { ...withProgram(damaged), loadOnnxRuntime });
      const error = await failure(service.ready);
      expect(error.code).to.equal('program');
      expect(error.message).to.match(words);
      expect(service.status).to.equal('error');
    });
  }

  it('reports why the program failed while it ran if stock ONNX Runtime is not plugged in; tries again', async () => {
    // It is not tested on its second known input before it has answered.
    const service = makeService({}, { ...withProgram(expectsAnotherAnswer(program)), loadOnnxRuntime });
    for (const attempt of ['first', 'second']) {
      expect(await service.infer(picture(0), 1), attempt).to.have.length(10);
      while (service.status !== 'error') await nextEvent(service, 'statuschange');
      expect(service.error).to.have.property('code', 'program');
      expect(service.error?.message)
        .to.match(/its own test/)
        .and.to.contain(`import 'digit-recognizer/onnxruntime'`);
      expect(service.decision.givenUp.map(({ engine, error }) => [engine, error.code])).to.deep.equal([
        ['wasm-program', 'program'],
        ['onnxruntime-wasm', 'onnxruntime-missing'],
      ]);
    }
  });

  it('does not fetch stock ONNX Runtime after a network failure', async () => {
    const watch = new WorkerWatch();
    const service = makeService({}, { ...withModel(faulty('cut', model)), createWorker: watch.createWorker });
    expect((await failure(service.ready)).code).to.equal('network');
    expect(watch.all).to.have.length(0);
  });

  it('loads on request after a failure, with a new promise', async () => {
    const service = makeService({}, withModel(`${faulty('once', model)}?service`));
    const first = service.ready;
    expect((await failure(first)).code).to.equal('network');
    const second = service.ready;
    expect(second).not.to.equal(first);
    expect(service.status).to.equal('loading');
    expect(service.error).to.be.null;
    await second;
    expect(await service.infer(picture(0), 1)).to.have.length(10);
  });

  it('loads automatically with the next request after a failure', async () => {
    const service = makeService({}, withModel(`${faulty('once', model)}?request`));
    expect((await failure(service.infer(picture(0), 1))).code).to.equal('network');
    expect(await service.infer(picture(0), 1)).to.have.length(10);
  });

  it('says once why WebGPU is not available if the fallback fails for the same reason', async () => {
    const refuseAdapter = `if (navigator.gpu) navigator.gpu.requestAdapter = async () => null;`;
    const own = navigator.gpu as { requestAdapter?: unknown } | undefined;
    if (own) own.requestAdapter = () => Promise.resolve(null);
    try {
      const createWorker = createFaultyWorkers(refuseAdapter);
      const { code, message } = await failure(makeService({ backend: 'webgpu' }, { createWorker }).ready);
      expect(code).to.equal('webgpu-unavailable');
      expect(message.match(/WebGPU is not available/g)).to.have.length(1);
    } finally {
      delete own?.requestAdapter;
    }
  });

  it("rejects with the caller's reason if it aborts a call while loading fails", async () => {
    const service = makeService({}, withModel(faulty('missing', model)));
    const controller = new AbortController();
    const reason = new Error('newer ink');
    const given = service.infer(picture(1), 1, { signal: controller.signal });
    const waiting = failure(service.infer(picture(2), 1));
    service.addEventListener('statuschange', () => service.status === 'error' && controller.abort(reason));
    expect(await given.catch((error: unknown) => error)).to.equal(reason);
    expect((await waiting).code).to.equal('asset-missing');
  });
});

describe('InferenceService, when a file of stock ONNX Runtime is wrong', () => {
  afterEach(releaseServices);

  const page = faulty('page', wasm.wasm);
  const faults: [name: string, code: string, url: string, environment: Partial<TestEnvironment>][] = [
    ['the wasm file is missing', 'asset-missing', faulty('missing', wasm.wasm), withWasm(faulty('missing', wasm.wasm))],
    ['the wasm file is an HTML page', 'asset-not-wasm', page, withWasm(page)],
    ['the wasm file is truncated', 'network', faulty('cut', wasm.wasm), withWasm(faulty('cut', wasm.wasm))],
    ['the wasm file belongs to another build', 'checksum', wasm.jspi, withWasm(wasm.jspi)],
    [
      'the worker is missing',
      'asset-missing',
      faulty('missing', workers.wasm),
      withWorker(faulty('missing', workers.wasm)),
    ],
    ['the worker is an HTML page', 'asset-missing', page, withWorker(page)],
  ];

  for (const [name, code, url, environment] of faults) {
    it(`reports it when ${name}, rejects pending requests, and leaves no worker behind`, async () => {
      const watch = new WorkerWatch();
      const service = makeService({ model: firstTen }, { ...environment, createWorker: watch.createWorker });
      const [loading, waiting] = [service.ready, service.infer(picture(0), 1)].map(failure);
      const error = await loading;
      expect(error.code).to.equal(code);
      expect(error.url).to.equal(url);
      expect(error.message).to.contain(url);
      expect(await waiting).to.equal(error);
      expect(service.status).to.equal('error');
      expect(service.error).to.equal(error);
      expect(watch.alive.size).to.equal(0);
    });
  }

  it('reports which line to add if it is needed and has not been plugged in', async () => {
    const error = await failure(makeService({ model: firstTen }, { loadOnnxRuntime }).ready);
    expect(error.code).to.equal('onnxruntime-missing');
    expect(error.message)
      .to.contain(`import 'digit-recognizer/onnxruntime'`)
      .and.to.contain(`onnxruntime-web@${ONNX_RUNTIME_VERSION}`);
  });

  it('names a file that is not a model', async () => {
    const error = await failure(makeService({ model: workers.wasm }).ready);
    expect(error.code).to.equal('model');
    expect(error.url).to.equal(workers.wasm);
    expect(error.message).to.contain(workers.wasm);
  });

  it('fetches a model by URL again if what came cannot be started', async () => {
    const service = makeService({ model: faulty('otherwise', model) });
    expect((await failure(service.ready)).code).to.equal('model');
    expect(await service.infer(picture(0), 1)).to.have.length(10);
  });

  it('reports what is wrong with a model that does not output ten values', async () => {
    const error = await failure(makeService({ model: fiveValues }).ready);
    expect(error.code).to.equal('model');
    expect(error.message).to.contain('[1, 5]').and.to.contain('[1, 10]');
  });

  it("reports what the page's policy must allow when the browser blocks the worker", async () => {
    const refuse = () => {
      throw new DOMException('Refused by the policy.', 'SecurityError');
    };
    const { Worker: original } = globalThis;
    globalThis.Worker = refuse as unknown as typeof Worker;
    try {
      const error = await failure(makeService({ model: firstTen }).ready);
      expect(error.code).to.equal('worker');
      expect(error.message).to.contain(`worker-src 'self'`).and.to.contain(workers.wasm);
    } finally {
      globalThis.Worker = original;
    }
  });

  it('runs a worker from another origin', async () => {
    const elsewhere = workers.wasm.replace('localhost', '127.0.0.1');
    expect(new URL(elsewhere).origin).not.to.equal(location.origin);
    const service = makeService({ model: firstTen }, withWorker(elsewhere));
    expect([...(await service.infer(picture(3), 1))]).to.deep.equal(echo(3));
  });
});

describe('InferenceService, when its worker fails', () => {
  afterEach(releaseServices);

  const quick = { ...timeLimits, run: 1500, runPerImage: 0 };
  const onRun = (action: string) => `
    const serve = self.onmessage;
    self.onmessage = (event) => { if (event.data.command === 'run') { ${action} } serve(event); };`;
  const hang = onRun('for (;;);');
  const crash = onRun(`setTimeout(() => { throw new Error('out of memory'); }); return;`);
  const trap = onRun(`
    const id = event.data.id;
    self.postMessage({ type: 'failure', id, failure: { code: 'worker', message: 'unreachable' } });
    return;`);

  it('notices that it was killed, and answers pending requests with another, in order', async () => {
    const watch = new WorkerWatch();
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, timeLimits: quick });
    await service.ready;
    watch.kill();
    const order: number[] = [];
    const answers = [1, 2, 3].map(async (value) => {
      const logits = await service.infer(picture(value), 1);
      order.push(value);
      return [...logits];
    });
    expect(await Promise.all(answers)).to.deep.equal([1, 2, 3].map(echo));
    expect(order).to.deep.equal([1, 2, 3]);
    expect(watch.all).to.have.length(2);
    expect(watch.alive.size).to.equal(1);
    expect(service.status).to.equal('ready');
  });

  for (const [name, fault] of Object.entries({ hangs: hang, crashes: crash, traps: trap })) {
    it(`replaces one that ${name}, and loses no request`, async () => {
      const watch = new WorkerWatch(createFaultyWorkers(fault, ''));
      const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, timeLimits: quick });
      const statuses: string[] = [];
      service.addEventListener('statuschange', () => statuses.push(service.status));
      const answers = [1, 2, 3].map((value) => service.infer(picture(value), 1));
      expect((await Promise.all(answers)).map((logits) => [...logits])).to.deep.equal([1, 2, 3].map(echo));
      expect(statuses).to.deep.equal(['loading', 'ready', 'loading', 'ready']);
      expect(watch.all).to.have.length(2);
      expect(watch.alive.size).to.equal(1);
    });
  }

  it('replaces one that crashes while the device is offline, and loses no request', async () => {
    const service = makeService({ model: firstTen }, { createWorker: createFaultyWorkers(crash, '') });
    await service.ready;
    const original = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError('offline'));
    try {
      expect([...(await service.infer(picture(1), 1))]).to.deep.equal(echo(1));
    } finally {
      globalThis.fetch = original;
    }
  });

  it('replaces one that fails while idle', async () => {
    const watch = new WorkerWatch(
      createFaultyWorkers(`new BroadcastChannel('crash').onmessage = () => { throw new Error('crashed'); };`, ''),
    );
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker });
    await service.ready;
    const replaced = new Promise<void>((resolve) =>
      service.addEventListener('statuschange', () => service.status === 'ready' && resolve()),
    );
    const channel = new BroadcastChannel('crash');
    channel.postMessage('now');
    channel.close();
    await replaced;
    expect(watch.all).to.have.length(2);
    expect([...(await service.infer(picture(8), 1))]).to.deep.equal(echo(8));
  });

  it('rejects a request that breaks every worker, and answers the next one', async () => {
    const breakOnOnes = onRun(`if (event.data.parameters.images[0] === 1) {
      setTimeout(() => { throw new Error('poisoned'); }); return; }`);
    const watch = new WorkerWatch(createFaultyWorkers(breakOnOnes));
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, timeLimits: quick });
    const poisonous = failure(service.infer(picture(1), 1));
    const behind = service.infer(picture(2), 1);
    const error = await poisonous;
    expect(error.code).to.equal('worker');
    expect(error.message).to.contain('poisoned');
    expect([...(await behind)]).to.deep.equal(echo(2));
    expect(watch.all).to.have.length(4);
  });

  it('fails when every worker breaks on any request; the next request tries again', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(crash, crash, crash, crash, ''));
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker, timeLimits: quick });
    const errors = await Promise.all([1, 2, 3, 4].map((value) => failure(service.infer(picture(value), 1))));
    expect(new Set(errors.map(({ code }) => code))).to.deep.equal(new Set(['worker']));
    expect(service.status).to.equal('error');
    expect(service.error).to.equal(errors.at(-1));
    expect(watch.all).to.have.length(4);
    expect(watch.alive.size).to.equal(0);
    expect([...(await service.infer(picture(5), 1))]).to.deep.equal(echo(5));
  });

  it('starts another if the first fails before its first message', async () => {
    const watch = new WorkerWatch(createFaultyWorkers(`throw new Error('refused');`));
    const service = makeService({ model: firstTen }, { createWorker: watch.createWorker });
    expect([...(await service.infer(picture(5), 1))]).to.deep.equal(echo(5));
    expect(watch.alive.size).to.equal(0);
  });

  it('does not wait forever for one that never starts', async () => {
    const watch = new WorkerWatch(createFaultyWorkers('self.onmessage = () => undefined;'));
    const service = makeService(
      { model: firstTen },
      { createWorker: watch.createWorker, timeLimits: { ...timeLimits, start: 300 } },
    );
    const error = await failure(service.ready);
    expect(error.code).to.equal('timeout');
    expect(error.message).to.contain('300 ms');
    expect(watch.alive.size).to.equal(0);
  });
});
