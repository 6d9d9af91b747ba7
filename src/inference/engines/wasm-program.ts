import { goldenInput } from '../golden-input.js';
import { describeThrown, InferenceError } from '../inference-error.js';
import { isAnswer, type Engine } from './engine.js';
import { PROGRAM_SECTION, type FloatRange, type WasmProgramDescription } from './wasm-program-format.js';
import { readDescription } from './wasm-program-description.js';

/** How long a batch may keep the page waiting before the browser has a turn, in milliseconds. */
const LONGEST_TURN = 8;

/**
 * Starts a program that `models/compile` made of a model, on the page's thread. A run takes less than a millisecond, and
 * gives the same bits as stock ONNX Runtime.
 *
 * Before it is used, it answers inputs whose answers were stored when it was compiled.
 * @param program the compiled module
 * @param model the model's file, which holds the weights
 * @throws {InferenceError} `program` when it is not a program, does not fit the model, or fails its self-test
 */
export async function startWasmProgram(program: WebAssembly.Module, model: ArrayBuffer): Promise<Engine> {
  try {
    const description = readDescription(WebAssembly.Module.customSections(program, PROGRAM_SECTION));
    const engine = new WasmProgram(program, model, description);
    await engine.start();
    return engine;
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw new InferenceError('program', `The compiled model cannot be run: ${describeThrown(error)}`, { cause: error });
  }
}

/** One instance of a program: views of its memory, and its function. */
interface Instance {
  readonly input: Float32Array;
  readonly output: Float32Array;
  /** Gives 0 where all went well. */
  readonly run: () => unknown;
}

class WasmProgram implements Engine {
  readonly backend = 'wasm';
  readonly concurrency = 1;
  readonly lost: Promise<InferenceError>;
  readonly #module: WebAssembly.Module;
  readonly #model: ArrayBuffer;
  readonly #description: WasmProgramDescription;
  #instance: Instance | null = null;
  #lose!: (reason: InferenceError) => void;

  constructor(module: WebAssembly.Module, model: ArrayBuffer, description: WasmProgramDescription) {
    this.#module = module;
    this.#model = model;
    this.#description = description;
    this.lost = new Promise((resolve) => (this.#lose = resolve));
  }

  /** Makes an instance and tests it. */
  async start(): Promise<void> {
    this.#instance = await this.#instantiate();
    const { golden, input } = this.#description;
    for (const { seed, output } of golden) {
      const answer = this.#runOnce(goldenInput(input.length, seed));
      if (!isAnswer(answer, output, 0)) throw new Error('it does not answer its own test as it should');
    }
  }

  async run(images: Float32Array, count: number): Promise<Float32Array> {
    const { input, output } = this.#description;
    const answers = new Float32Array(count * output.length);
    const turns = new Turns();
    for (let index = 0; index < count; index++) {
      if (turns.over) await turns.next();
      const image = images.subarray(index * input.length, (index + 1) * input.length);
      answers.set(await this.#answer(image), index * output.length);
    }
    return answers;
  }

  dispose(): void {
    this.#instance = null;
  }

  /** A trap leaves the memory in any state: the picture is given to a fresh instance, once. */
  async #answer(image: Float32Array): Promise<Float32Array> {
    try {
      return this.#runOnce(image);
    } catch {
      try {
        this.#instance = await this.#instantiate();
        return this.#runOnce(image);
      } catch (cause) {
        const error = new InferenceError('program', `The compiled model broke down: ${describeThrown(cause)}`, {
          cause,
        });
        this.#lose(error);
        throw error;
      }
    }
  }

  #runOnce(image: Float32Array): Float32Array {
    if (!this.#instance) throw new Error('it has been let go');
    const { input, output, run } = this.#instance;
    input.set(image);
    const status = run();
    if (status !== 0) throw new Error(`status ${String(status)}`);
    return output;
  }

  /** An instance with the weights in their places. */
  async #instantiate(): Promise<Instance> {
    const { exports } = await WebAssembly.instantiate(this.#module);
    const { memory, load, run } = exports;
    if (!(memory instanceof WebAssembly.Memory) || typeof load !== 'function' || typeof run !== 'function') {
      throw new Error('it has other exports');
    }
    const { model, input, output } = this.#description;
    if (this.#model.byteLength !== model.length) throw new Error('it is for another model');
    new Uint8Array(memory.buffer).set(new Uint8Array(this.#model), model.address);
    (load as () => void)();
    const view = ({ address, length }: FloatRange) => new Float32Array(memory.buffer, address, length);
    return { input: view(input), output: view(output), run: run as () => unknown };
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
