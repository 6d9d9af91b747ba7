import { expect } from '@open-wc/testing';
import { webgpuAsset, modelAsset, checkWhole, type Asset } from '../../../../src/inference/files/asset.js';
import { assetUrls } from '../../../../src/inference/files/assets.js';
import { catalog, type ModelName } from '../../../../src/model/catalog.js';
import { decodeHex } from '../../../../src/inference/engines/wasm/decode-hex.js';
import { PROGRAM_SECTION } from '../../../../src/model/wasm-program-format.js';
import { prepareWasmProgram, startWasmProgram } from '../../../../src/inference/engines/wasm/wasm-program.js';
import { AssetStore } from '../../../../src/inference/files/asset-store.js';
import { defaultEnvironment } from '../../../../src/inference/environment.js';
import { LoadProgress } from '../../../../src/inference/load-progress.js';
import { loadWasmProgram } from '../../../../src/inference/engines/wasm/load-wasm-program.js';
import { resolveModel } from '../../../../src/inference/model.js';
import { goldenInput } from '../../../../src/model/golden-input.js';
import { InferenceError } from '../../../../src/inference/inference-error.js';
import { wasmPrograms } from '../../../../src/inference/engines/wasm/wasm-programs.js';
import { mnistTest } from '../../../support/mnist.js';
import { wait } from '../../../support/wait.js';
import { makeService, releaseServices } from '../../support.js';

const bytesOf = async (url: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

const programOf = async (name: ModelName): Promise<Uint8Array<ArrayBuffer>> => decodeHex(await wasmPrograms[name]());

const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

/** The memories of the instances created while `action` runs. */
async function memoriesMade(action: () => unknown): Promise<WebAssembly.Memory[]> {
  const { Instance } = WebAssembly;
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, parameters: ConstructorParameters<typeof Instance>) => {
      const instance = new target(...parameters);
      memories.push(instance.exports.memory as WebAssembly.Memory);
      return instance;
    },
  });
  try {
    await action();
  } finally {
    WebAssembly.Instance = Instance;
  }
  return memories;
}

describe('a compiled WASM program', () => {
  afterEach(releaseServices);

  it('fails once if neither it nor its model can be fetched', async () => {
    const cut = (what: string): Promise<never> => Promise.reject(new InferenceError('network', `${what} is cut off.`));
    const unhandled: string[] = [];
    const note = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      unhandled.push((event.reason as Error).message);
    };
    addEventListener('unhandledrejection', note);
    const assetStore = new AssetStore();
    assetStore.load = () => cut('The model');
    const options = { model: resolveModel('reference', defaultEnvironment), assetStore, progress: new LoadProgress() };
    const failure: unknown = await loadWasmProgram(() => cut('The program'), {
      ...options,
      onProgress: () => {},
    }).catch((reason: unknown) => reason);
    expect(failure).to.have.property('code', 'network');
    // The browser reports unhandled rejections after the microtasks of this task.
    await wait();
    removeEventListener('unhandledrejection', note);
    expect(unhandled).to.be.empty;
  });

  for (const name of ['compact', 'reference'] as const) {
    it(`is bit-identical to stock ONNX Runtime, alone and in batches (${name})`, async () => {
      const stock = makeService({ model: assetUrls[name].model });
      const program = makeService({ model: name });
      const { images } = await mnistTest(64);
      /** Both outputs, and that the logits are the same if requested alone. */
      const expectSame = async (input: Float32Array, count: number) => {
        const [ours, theirs] = await Promise.all([
          program.run(input, count, { features: true }),
          stock.run(input, count, { features: true }),
        ]);
        expect(bits(ours.logits)).to.deep.equal(bits(theirs.logits));
        expect(ours.features).to.have.length(count * { compact: 64, reference: 128 }[name]);
        expect(bits(ours.features!)).to.deep.equal(bits(theirs.features!));
        expect(bits(await program.infer(input, count))).to.deep.equal(bits(ours.logits));
      };
      const extremes = [0, -0, 1, -1, 1e30, -1e30, 1e-42, 3.4e38].map((value) => new Float32Array(784).fill(value));
      for (const input of [...extremes, goldenInput(784, 7), goldenInput(784, 8)]) {
        await expectSame(input, 1);
      }
      for (const count of [1, 2, 7, 64]) {
        await expectSame(images.slice(0, count * 784), count);
      }
    });
  }

  it('yields to the browser while it runs many', async () => {
    const service = makeService();
    const { images } = await mnistTest(1000);
    await service.ready;
    let turns = 0;
    const ticker = setInterval(() => (turns += 1), 0);
    await service.infer(images, 1000);
    clearInterval(ticker);
    expect(turns).to.be.above(5);
  });

  it('imports nothing', async () => {
    for (const name of ['compact', 'reference'] as const) {
      const module = await WebAssembly.compile(await programOf(name));
      expect(WebAssembly.Module.imports(module)).to.deep.equal([]);
      expect(
        WebAssembly.Module.exports(module)
          .map((each) => each.name)
          .sort(),
      ).to.deep.equal(['load', 'memory', 'run']);
    }
  });
});

describe('decodeHex', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const digits = Array.from(all, (byte) => byte.toString(16).padStart(2, '0')).join('');

  it('decodes every byte, even without native support', () => {
    expect(decodeHex(digits)).to.deep.equal(all);
    const own = Object.getOwnPropertyDescriptor(Uint8Array, 'fromHex');
    Reflect.deleteProperty(Uint8Array, 'fromHex');
    try {
      expect(decodeHex(digits)).to.deep.equal(all);
    } finally {
      if (own) Object.defineProperty(Uint8Array, 'fromHex', own);
    }
  });
});

describe('startWasmProgram', () => {
  let program: Uint8Array<ArrayBuffer>;
  let model: ArrayBuffer;

  before(async () => {
    program = await programOf('compact');
    model = (await bytesOf(assetUrls.compact.model)).buffer;
  });

  const start = async (bytes: Uint8Array<ArrayBuffer>, weights = model) =>
    startWasmProgram(await prepareWasmProgram(bytes), weights);

  const failureOf = async (bytes: Uint8Array<ArrayBuffer>, weights = model): Promise<InferenceError> => {
    try {
      await start(bytes, weights);
    } catch (error) {
      expect(error).to.be.instanceOf(InferenceError);
      return error as InferenceError;
    }
    throw new Error('A failure was expected.');
  };

  /** The program with the text in its description replaced by another of the same length. */
  const describedOtherwise = (text: string, other: string): Uint8Array<ArrayBuffer> => {
    const copy = program.slice();
    const decoded = new TextDecoder('latin1').decode(copy);
    const at = decoded.indexOf(text, decoded.indexOf(PROGRAM_SECTION));
    expect(at).to.be.above(0);
    expect(other).to.have.length(text.length);
    copy.set(new TextEncoder().encode(other), at);
    return copy;
  };

  it('rejects WebAssembly that is not a program', async () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const error = await failureOf(empty);
    expect(error.code).to.equal('program');
    expect(error.message).to.contain('does not say what it is');
  });

  it('rejects a program of another version, for another network, or with a broken description', async () => {
    const faults: [string, string, RegExp][] = [
      ['"version":3', '"version":2', /another version/],
      ['"length":784', '"length":783', /another kind of network/],
      ['"length":10}', '"length":11}', /another kind of network/],
      ['"version"', '"version:', /cannot be run/],
    ];
    for (const [text, other, words] of faults) {
      const error = await failureOf(describedOtherwise(text, other));
      expect(error.code).to.equal('program');
      expect(error.message).to.match(words);
    }
  });

  it('rejects a model offset beyond its memory, and a model of another size', async () => {
    const [described, address] = new TextDecoder('latin1').decode(program).match(/"model":\{"address":(\d+)/)!;
    const beyond = described.replace(address, '9'.repeat(address.length));
    expect((await failureOf(describedOtherwise(described, beyond))).code).to.equal('program');
    const error = await failureOf(program, model.slice(0, 1000));
    expect(error.code).to.equal('program');
    expect(error.message).to.contain('another model');
  });

  it('rejects a model with other weights than those it was compiled for', async () => {
    const changed = model.slice(0);
    const view = new Uint8Array(changed);
    for (let index = 20_000; index < 22_000; index++) view[index] ^= 1;
    const error = await failureOf(program, changed);
    expect(error.code).to.equal('program');
    expect(error.message).to.contain('its own test');
  });

  it('rejects a program that gives another answer than the known one', async () => {
    const error = await failureOf(describedOtherwise('"seed":1', '"seed":3'));
    expect(error.code).to.equal('program');
    expect(error.message).to.contain('its own test');
  });

  it('fails if it gives another answer after its first image', async () => {
    const engine = await start(describedOtherwise('"seed":2', '"seed":3'));
    await engine.run(goldenInput(784, 5), 1);
    const error = await engine.lost;
    expect(error.code).to.equal('program');
    expect(error.message).to.contain('its own test');
  });

  it('does not finish a batch during which it is lost or disposed: its successor must answer all of it', async () => {
    const count = 2000;
    const images = new Float32Array(count * 784);
    const lost = await start(describedOtherwise('"seed":2', '"seed":3'));
    await lost.run(goldenInput(784, 5), 1);
    const instances = await memoriesMade(async () => {
      const error = await lost.run(images, count).catch((thrown: unknown) => thrown);
      expect(error).to.equal(await lost.lost);
    });
    const disposed = await start(program);
    const answer = disposed.run(images, count).catch((thrown: unknown) => thrown);
    setTimeout(() => disposed.dispose());
    expect(await answer)
      .to.be.instanceOf(InferenceError)
      .with.property('code', 'program');
    expect(instances).to.have.length.below(2);
  });

  it('answers from a fresh instance after a trap, and fails when that traps, too', async () => {
    const engine = await start(program);
    const image = goldenInput(784, 3);
    const expected = (await engine.run(image, 1)).logits;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to an array below
    const { set } = Float32Array.prototype;
    let traps = 1;
    Float32Array.prototype.set = function (...parameters) {
      if (parameters[0] instanceof Float32Array && parameters[0].length === 784 && traps > 0) {
        traps -= 1;
        throw new WebAssembly.RuntimeError('unreachable');
      }
      set.apply(this, parameters);
    };
    try {
      const memories = await memoriesMade(async () => {
        expect((await engine.run(image, 1)).logits).to.deep.equal(expected);
      });
      expect(memories).to.have.length(1);
      traps = 2;
      const error = await engine.run(image, 1).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InferenceError).with.property('code', 'program');
      expect(await engine.lost).to.equal(error);
    } finally {
      Float32Array.prototype.set = set;
    }
  });
});

describe('prepareWasmProgram', () => {
  afterEach(releaseServices);

  const { Module, Instance } = WebAssembly;

  afterEach(() => Object.assign(WebAssembly, { Module, Instance }));

  it('falls back to asynchronous compilation, if the browser allows no other', async () => {
    const refuse = () => {
      throw new RangeError(
        'WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.',
      );
    };
    const expected = await makeService().infer(goldenInput(784, 5), 1);
    WebAssembly.Module = new Proxy(Module, { construct: refuse });
    WebAssembly.Instance = new Proxy(Instance, { construct: refuse });
    expect(await makeService().infer(goldenInput(784, 5), 1)).to.deep.equal(expected);
  });

  it('names the policy that a page needs when the browser blocks WebAssembly', async () => {
    const refuse = () => {
      throw new WebAssembly.CompileError('refused');
    };
    WebAssembly.Module = new Proxy(Module, { construct: refuse });
    const error: unknown = await prepareWasmProgram(await programOf('compact')).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InferenceError).with.property('code', 'program');
    expect((error as InferenceError).message)
      .to.contain("'wasm-unsafe-eval'")
      .and.to.contain('refused');
  });
});

describe('a corrupted artifact', () => {
  const { compact } = catalog;
  const assets: Record<string, Asset> = {
    model: modelAsset(assetUrls.compact.model, compact),
    'WebGPU program': webgpuAsset(assetUrls.compact.webgpu, compact.webgpuProgram),
  };

  /** Removes `crypto.subtle`, as on plain HTTP. */
  const withoutSubtle = async (action: () => Promise<void>): Promise<void> => {
    Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
    try {
      await action();
    } finally {
      Reflect.deleteProperty(crypto, 'subtle');
    }
  };

  for (const [name, asset] of Object.entries(assets)) {
    it(`is detected before it is used, a thousand times (${name})`, async function () {
      this.timeout(120_000);
      const whole = await bytesOf(asset.url);
      let state = 1;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const detect = async (): Promise<void> => {
        await checkWhole(asset, whole);
        for (let round = 0; round < 1000; round++) {
          const corrupted = round % 10 === 0 ? whole.slice(0, random(whole.length)) : whole.slice();
          if (round % 10 > 0) corrupted[random(whole.length)] ^= 1 + random(255);
          const error: unknown = await checkWhole(asset, corrupted).catch((thrown: unknown) => thrown);
          expect(error).to.be.instanceOf(InferenceError).with.property('code', 'checksum');
        }
      };
      await detect();
      await withoutSubtle(detect);
    });
  }
});

describe('one page', () => {
  afterEach(releaseServices);

  it('has one instance of a program for fifty users, whose memory does not grow', async function () {
    this.timeout(120_000);
    const { images } = await mnistTest(100);
    const service = makeService();
    const [memory, ...others] = await memoriesMade(() =>
      Promise.all(Array.from({ length: 50 }, () => service.infer(images, 100))),
    );
    expect(others).to.be.empty;
    const before = memory.buffer.byteLength;
    const more = await memoriesMade(async () => {
      for (let round = 0; round < 50; round++) await service.infer(images, 100);
    });
    expect(more).to.be.empty;
    expect(memory.buffer.byteLength).to.equal(before);
  });
});
