import { goldenInput } from '../../../model/golden-input.js';
import { describeThrown, InferenceError } from '../../inference-error.js';
import type { GoldenAnswer } from '../../../model/golden-input.js';
import { isAnswer, LOGITS, type Engine, type Outputs } from '../engine.js';
import { PROGRAM_SECTION, type FloatRange, type WasmProgramDescription } from '../../../model/wasm-program-format.js';
import { readDescription } from '../../../model/wasm-program-description.js';

/** How long a batch may keep the page waiting before the browser has a turn, in milliseconds. */
const LONGEST_TURN = 8;

/** A program that is ready for its weights. */
export interface PreparedProgram {
  readonly module: WebAssembly.Module;
  readonly description: WasmProgramDescription;
  readonly exports: ProgramExports;
}

interface ProgramExports {
  readonly memory: WebAssembly.Memory;
  /** Puts the weights in their places, from the model's file. */
  readonly load: () => unknown;
  /** Gives 0 where all went well. */
  readonly run: () => unknown;
}

/**
 * Compiles a program that `models/compile` made of a model, for which there is time until the weights have arrived.
 * @param program a WebAssembly module
 * @throws {InferenceError} `program` when it is not a program, or the page's policy forbids it
 */
export async function prepareWasmProgram(program: Uint8Array<ArrayBuffer>): Promise<PreparedProgram> {
  const module = await compile(program);
  return orFail(async () => {
    const description = readDescription(WebAssembly.Module.customSections(module, PROGRAM_SECTION));
    return { module, description, exports: await instantiate(module) };
  });
}

/**
 * Starts a program on the page's thread. A run takes less than a millisecond, and gives the same bits as stock ONNX
 * Runtime.
 *
 * Before it is used, it answers an input whose answer was stored when it was compiled; after its first picture, which
 * need not wait for that, it answers the others. Where it fails then, it is lost.
 * @param model the model's file, which holds the weights
 * @throws {InferenceError} `program` when the program does not fit the model, or fails its self-test
 */
export async function startWasmProgram(program: PreparedProgram, model: ArrayBuffer): Promise<Engine> {
  return orFail(() => {
    const engine = new WasmProgram(program, model);
    engine.test();
    return engine;
  });
}

async function compile(program: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await atOnceOrLater(
      () => new WebAssembly.Module(program),
      () => WebAssembly.compile(program),
    );
  } catch (cause) {
    const message =
      `The compiled model is not accepted by the browser: ${describeThrown(cause)}. ` +
      "A Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.";
    throw new InferenceError('program', message, { cause });
  }
}

async function instantiate(module: WebAssembly.Module): Promise<ProgramExports> {
  const { exports } = await atOnceOrLater(
    () => new WebAssembly.Instance(module),
    () => WebAssembly.instantiate(module),
  );
  const { memory, load, run } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof load !== 'function' || typeof run !== 'function') {
    throw new Error('it has other exports');
  }
  return { memory, load: load as () => unknown, run: run as () => unknown };
}

/**
 * A program is so small that to hand it to another thread and back takes longer than to compile it here. Browsers that
 * allow that on the page's thread only below 4 KB throw a `RangeError`.
 */
async function atOnceOrLater<Result>(atOnce: () => Result, later: () => Promise<Result>): Promise<Result> {
  try {
    return atOnce();
  } catch (error) {
    if (error instanceof RangeError) return later();
    throw error;
  }
}

async function orFail<Result>(action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new InferenceError('program', `The compiled model cannot be run: ${describeThrown(cause)}`, { cause });
  }
}

const brokenDown = (cause: unknown): InferenceError =>
  new InferenceError('program', `The compiled model broke down: ${describeThrown(cause)}`, { cause });

/** One instance of a program: views of its memory, and its function. */
interface Instance {
  readonly input: Float32Array;
  readonly outputs: Outputs;
  readonly run: () => unknown;
}

class WasmProgram implements Engine {
  readonly backend = 'wasm';
  readonly concurrency = 1;
  readonly lost: Promise<InferenceError>;
  readonly #module: WebAssembly.Module;
  readonly #model: ArrayBuffer;
  readonly #description: WasmProgramDescription;
  #instance: Instance | null;
  #answered = false;
  #lose!: (reason: InferenceError) => void;

  constructor({ module, description, exports }: PreparedProgram, model: ArrayBuffer) {
    if (model.byteLength !== description.model.length) throw new Error('it is for another model');
    this.#module = module;
    this.#model = model;
    this.#description = description;
    this.#instance = this.#withWeights(exports);
    this.lost = new Promise((resolve) => (this.#lose = resolve));
  }

  /** @throws {Error} where it does not give the first of the known answers */
  test(): void {
    this.#check(this.#description.golden[0]);
  }

  async run(images: Float32Array, count: number, wanted = LOGITS): Promise<Outputs> {
    const { input, outputs } = this.#description;
    const answers = wanted
      .filter((name) => name in outputs)
      .map((name) => [name, new Float32Array(count * outputs[name].length)] as const);
    const turns = new Turns();
    for (let index = 0; index < count; index++) {
      if (turns.over) await turns.next();
      const image = images.subarray(index * input.length, (index + 1) * input.length);
      const given = await this.#answer(image);
      for (const [name, answer] of answers) answer.set(given[name]!, index * outputs[name].length);
    }
    if (!this.#answered) {
      this.#answered = true;
      setTimeout(() => this.#testAgain());
    }
    return Object.fromEntries(answers) as unknown as Outputs;
  }

  dispose(): void {
    this.#instance = null;
  }

  #check({ seed, output }: GoldenAnswer): void {
    const { logits } = this.#runOnce(goldenInput(this.#description.input.length, seed));
    if (!isAnswer(logits, output, 0)) throw new Error('it does not answer its own test as it should');
  }

  /** Gives the other known answers, after a picture: a trace that a run leaves behind would show. */
  #testAgain(): void {
    if (!this.#instance) return;
    try {
      this.#description.golden.slice(1).forEach((golden) => this.#check(golden));
    } catch (cause) {
      this.#lose(brokenDown(cause));
    }
  }

  /** A trap leaves the memory in any state: the picture is given to a fresh instance, once. */
  async #answer(image: Float32Array): Promise<Outputs> {
    try {
      return this.#runOnce(image);
    } catch {
      try {
        this.#instance = this.#withWeights(await instantiate(this.#module));
        return this.#runOnce(image);
      } catch (cause) {
        const error = brokenDown(cause);
        this.#lose(error);
        throw error;
      }
    }
  }

  #runOnce(image: Float32Array): Outputs {
    if (!this.#instance) throw new Error('it is disposed');
    const { input, outputs, run } = this.#instance;
    input.set(image);
    const status = run();
    if (status !== 0) throw new Error(`status ${String(status)}`);
    return outputs;
  }

  #withWeights({ memory, load, run }: ProgramExports): Instance {
    const { model, input, outputs } = this.#description;
    new Uint8Array(memory.buffer).set(new Uint8Array(this.#model), model.address);
    load();
    const view = ({ address, length }: FloatRange) => new Float32Array(memory.buffer, address, length);
    const views = Object.entries(outputs).map(([name, range]) => [name, view(range)]);
    return { input: view(input), outputs: Object.fromEntries(views) as Outputs, run };
  }
}

/** Shares the page's thread: work is done in turns, with the browser's own work between them. */
class Turns {
  #start = performance.now();

  get over(): boolean {
    return performance.now() - this.#start > LONGEST_TURN;
  }

  async next(): Promise<void> {
    await nextTurn();
    this.#start = performance.now();
  }
}

/** Lets the browser paint and handle input. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
