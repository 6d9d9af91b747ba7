import { expect } from '@open-wc/testing';
import type { Message, Request } from '../../../../src/inference/engines/onnxruntime/worker-protocol.js';
import {
  serveOnnxRuntime,
  type OnnxRuntime,
  type Scope,
} from '../../../../src/inference/engines/onnxruntime/worker/serve.js';
import { wait } from '../../../support/wait.js';

/** A fake session's answer to a run. */
type Run = (count: number) => Promise<Float32Array> | Float32Array;

/** A fake session's output. */
interface Output {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/** A request without an id. */
type Unnumbered = Request extends infer Any ? (Any extends Request ? Omit<Any, 'id'> : never) : never;

const tenZeros: Run = (count) => new Float32Array(count * 10);

/** Serves a fake ONNX Runtime; `ask` sends a command and waits for the answer. */
function serve(run: Run, create: () => void = () => undefined, others: Record<string, Output> = {}) {
  /** By id. */
  const waiting = new Map<number, (answer: Message) => void>();
  const scope: Scope = {
    onmessage: null,
    postMessage: (message) => {
      if (message.type !== 'lost') waiting.get(message.id)?.(message);
    },
  };
  const fetched: (readonly string[])[] = [];
  const session = {
    inputNames: ['pixels'],
    outputNames: ['scores', ...Object.keys(others)],
    run: async ({ pixels }: { pixels: { dims: number[] } }, names: readonly string[]) => {
      fetched.push(names);
      const data = await run(pixels.dims[0]);
      return { ...others, scores: { data, dims: [pixels.dims[0], data.length / pixels.dims[0]] } };
    },
  };
  const runtime = {
    env: { wasm: {} },
    InferenceSession: {
      create: () => {
        create();
        return Promise.resolve(session);
      },
    },
    Tensor: class {
      constructor(
        readonly type: string,
        readonly data: Float32Array,
        readonly dims: number[],
      ) {}
    },
  };
  serveOnnxRuntime(runtime as unknown as OnnxRuntime, scope);
  let lastId = 0;
  const ask = (request: Unnumbered): Promise<Message> =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      scope.onmessage?.({ data: { id, ...request } } as MessageEvent<Request>);
    });
  const files = { wasm: new Blob(), model: new Blob(), input: null, output: null };
  const start = () => ask({ command: 'start', parameters: { backend: 'wasm', ...files } });
  const infer = (count = 1, outputs = ['logits']) =>
    ask({ command: 'run', parameters: { images: new Float32Array(count * 784), count, outputs } });
  return { runtime, start, infer, fetched };
}

/** The error code of a failure. */
function codeOf(message: Message): string | undefined {
  return message.type === 'failure' ? message.failure.code : undefined;
}

describe('the worker', () => {
  it('starts ONNX Runtime on one thread, with the given bytes, and runs the model once', async () => {
    let runs = 0;
    const { runtime, start } = serve((count) => {
      runs += 1;
      return tenZeros(count);
    });
    expect((await start()).type).to.equal('result');
    expect(runtime.env.wasm).to.deep.equal({ numThreads: 1 });
    expect(runs).to.equal(1);
  });

  it('answers what it is asked before it has started', async () => {
    const { start, infer } = serve(tenZeros);
    const answers = await Promise.all([start(), infer()]);
    expect(answers.map(({ type }) => type)).to.deep.equal(['result', 'result']);
  });

  it('never runs the model twice at once', async () => {
    let running = 0;
    let most = 0;
    const { start, infer } = serve(async (count) => {
      most = Math.max(most, (running += 1));
      await wait();
      running -= 1;
      return tenZeros(count);
    });
    await start();
    await Promise.all([infer(), infer(), infer()]);
    expect(most).to.equal(1);
  });

  it('lets ONNX Runtime fetch only what is requested and available', async () => {
    const others = { features: { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] } };
    const { start, infer, fetched } = serve(tenZeros, undefined, others);
    await start();
    await infer(2);
    expect(await infer(2, ['logits', 'features'])).to.have.deep.property('result', {
      logits: new Float32Array(20),
      features: others.features.data,
    });
    await infer(2, ['logits', 'score']);
    expect(fetched.slice(1)).to.deep.equal([['scores'], ['scores', 'features'], ['scores']]);
  });

  it('ignores a feature output that is not a list of floats for each image', async () => {
    for (const features of [
      { data: new Float32Array(6), dims: [6] },
      { data: new Float32Array(6), dims: [1, 6] },
      { data: new Float32Array(6), dims: [2, 3, 1] },
      { data: new Int32Array(6), dims: [2, 3] },
    ]) {
      const { start, infer } = serve(tenZeros, undefined, { features });
      await start();
      const answer = await infer(2, ['logits', 'features']);
      expect(answer).to.have.deep.property('result', { logits: new Float32Array(20) });
    }
  });

  it('continues after a failed call', async () => {
    let calls = 0;
    const { start, infer } = serve((count) => {
      calls += 1;
      if (calls === 2) throw new Error('ERROR_CODE: 2, invalid dimensions');
      return tenZeros(count);
    });
    await start();
    const failed = await infer();
    expect(codeOf(failed)).to.equal('model');
    expect((await infer()).type).to.equal('result');
  });

  it('distinguishes a broken runtime from a failed call', async () => {
    const broken = [new WebAssembly.RuntimeError('unreachable'), 5_242_880];
    for (const thrown of broken) {
      let calls = 0;
      const { start, infer } = serve((count) => {
        calls += 1;
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- ONNX Runtime throws bare numbers
        if (calls > 1) throw thrown;
        return tenZeros(count);
      });
      await start();
      expect(codeOf(await infer())).to.equal('worker');
    }
  });

  it('distinguishes a runtime that does not start from a model that does not load', async () => {
    const fail = (thrown: unknown) => () => {
      throw thrown;
    };
    const noBackend = new Error('no available backend found. ERR: [wasm] CompileError');
    expect(codeOf(await serve(tenZeros, fail(noBackend)).start())).to.equal('worker');
    expect(codeOf(await serve(tenZeros, fail(1234)).start())).to.equal('worker');
    expect(codeOf(await serve(tenZeros, fail(new Error("Can't create a session."))).start())).to.equal('model');
  });

  it('rejects a model that does not output ten floats per image, and a run before the start', async () => {
    expect(codeOf(await serve((count) => new Float32Array(count * 9)).start())).to.equal('model');
    expect(codeOf(await serve(tenZeros).infer())).to.equal('model');
  });
});
