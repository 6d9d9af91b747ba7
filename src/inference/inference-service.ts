import type { Convolution } from '../model/first-layer.js';
import { IMAGE_LENGTH, LARGEST_BATCH } from '../model/shapes.js';
import type { Backend, BackendPreference } from './backend.js';
import type { Decision } from './decision.js';
import { EngineSupervisor } from './engine-supervisor.js';
import { isEngineLoss, LOGITS, type Engine, type Outputs } from './engines/engine.js';
import { defaultEnvironment, type InferenceEnvironment } from './environment.js';
import { describeThrown, InferenceError, toInferenceError } from './inference-error.js';
import type { InferenceStatus } from './inference-status.js';
import { resolveModel, type Model } from './model.js';
import { RequestQueue, type InferenceRequest } from './request-queue.js';
import { checkRun, checkServiceOptions } from './check-calls.js';
import { MAX_ATTEMPTS } from './supervision-policy.js';

export interface InferenceServiceOptions {
  /** `compact` (default), `reference`, or the URL of an ONNX model: `[n, 1, 28, 28]` in, `[n, 10]` logits out. */
  readonly model?: string | undefined;
  /**
   * `auto` (default) answers on WASM from the first moment, and changes to WebGPU where a real GPU proves to be right and
   * quick; the others are obeyed.
   */
  readonly backend?: BackendPreference;
}

export interface RunOptions {
  /** Takes the call back: its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Whether the features are wanted as well; they cost nothing where they are not. */
  readonly features?: boolean;
}

export interface RunResult {
  /** `count` times ten. */
  readonly logits: Float32Array;
  /**
   * What the network's last layer makes its logits of: `count` times 64 values of `compact`, 128 of `reference`, or as
   * many as the output `features` of a model by URL has. Null where they were not asked for, or the model has none.
   */
  readonly features: Float32Array | null;
}

const services = new Map<string, InferenceService>();

/**
 * Runs one network for a whole page, and answers in the order of the calls.
 *
 * Loading begins with the first need. An engine that cannot start gives way to the next; one that breaks down (a program
 * traps, a worker dies or hangs, a GPU device is lost) is replaced, and the requests that wait are answered by the next
 * one. Under `auto`, WebGPU is prepared when the page is idle, and takes over where it proves to be right and quick.
 */
export class InferenceService extends EventTarget {
  /**
   * The page's one service for a model and a backend.
   * @throws {InferenceError} `invalid-input` when there is no such model or backend
   */
  static shared(options?: InferenceServiceOptions): InferenceService {
    const { model, backend } = checkServiceOptions(options);
    const key = JSON.stringify([resolveModel(model, defaultEnvironment).key, backend]);
    let service = services.get(key);
    if (!service) services.set(key, (service = new InferenceService({ model, backend })));
    return service;
  }

  readonly #model: Model;
  readonly #environment: InferenceEnvironment;
  readonly #supervisor: EngineSupervisor;
  readonly #queue = new RequestQueue();
  #working = false;
  #users = 0;

  /**
   * A service of its own; `InferenceService.shared()` is what a page wants.
   * @throws {InferenceError} `invalid-input` when there is no such model or backend
   */
  constructor(options?: InferenceServiceOptions, environment: Partial<InferenceEnvironment> = {}) {
    super();
    const { model, backend } = checkServiceOptions(options);
    this.#environment = { ...defaultEnvironment, ...environment };
    this.#model = resolveModel(model, this.#environment);
    this.#supervisor = new EngineSupervisor(this.#model, backend, this.#environment, this, (reason) =>
      this.#queue.rejectAll(reason),
    );
  }

  get status(): InferenceStatus {
    return this.#supervisor.status;
  }

  /** Identifies the model: the SHA-256 of its file in hexadecimal, or the URL of one that is not in the catalog. */
  get modelId(): string {
    return this.#model.id;
  }

  /** What runs the network; null while nothing does. */
  get backend(): Backend | null {
    return this.#supervisor.backend;
  }

  /** Which engine runs the network, and why others do not. */
  get decision(): Decision {
    return this.#supervisor.decision;
  }

  /** Why `status` is `error`. */
  get error(): InferenceError | null {
    return this.#supervisor.error;
  }

  /** Settles when the network can run; starts to load when that has not been asked for, or has failed. */
  get ready(): Promise<void> {
    return this.load();
  }

  /** Bytes of runtime and model: those that have arrived, and those expected (0 before anything is known). */
  get progress(): { readonly loaded: number; readonly total: number } {
    const { loaded, total } = this.#supervisor.progress;
    return { loaded, total };
  }

  /** Divides the logits before the softmax (Guo et al. 2017); 1 for models that are not in the catalog. */
  get temperature(): number {
    return this.#model.temperature;
  }

  /** The energy score (logsumexp of the logits) below which a picture is a non-digit; -Infinity where it is not known. */
  get leastEnergy(): number {
    return this.#model.leastEnergy;
  }

  /**
   * Loads runtime and model, once; after a failure, anew.
   * @throws {InferenceError} what could not be loaded or started
   */
  load(): Promise<void> {
    return this.#supervisor.start();
  }

  /** Says that somebody uses the service. Each call wants one of `release()`. */
  retain(): void {
    this.#users += 1;
    this.#supervisor.keepAlive();
  }

  /**
   * Says that a user is gone. Half a minute after the last one has gone, and the last request was answered, the engine
   * is disposed; the next request starts it again. One call too many does nothing.
   */
  release(): void {
    this.#users = Math.max(0, this.#users - 1);
    this.#shutDownIfUnused();
  }

  /**
   * Runs the network for its logits alone.
   * @param images `count` pictures of 784 values each, 0..1, row-major, one after the other
   * @returns `count` times ten logits
   * @throws {InferenceError} when the call is wrong, or the network cannot be loaded or run
   */
  async infer(images: Float32Array, count: number, options?: Pick<RunOptions, 'signal'>): Promise<Float32Array> {
    const { signal } = checkRun(images, count, options);
    return (await this.run(images, count, signal && { signal })).logits;
  }

  /**
   * Runs the network.
   * @param images `count` pictures of 784 values each, 0..1, row-major, one after the other
   * @throws {InferenceError} when the call is wrong, or the network cannot be loaded or run
   */
  async run(images: Float32Array, count: number, options?: RunOptions): Promise<RunResult> {
    const { signal, features } = checkRun(images, count, options);
    const outputs = features ? [...LOGITS, 'features'] : LOGITS;
    const parts: Promise<Outputs>[] = [];
    for (let first = 0; first < count; first += LARGEST_BATCH) {
      const size = Math.min(LARGEST_BATCH, count - first);
      const part = images.slice(first * IMAGE_LENGTH, (first + size) * IMAGE_LENGTH);
      parts.push(this.#queue.add({ images: part, count: size, outputs }, signal));
    }
    void this.#work();
    const answers = await Promise.all(parts);
    const vectors = answers.flatMap((answer) => answer.features ?? []);
    return {
      logits: concat(answers.map(({ logits }) => logits)),
      // An engine gives them for each part, or for none.
      features: vectors.length < answers.length ? null : concat(vectors),
    };
  }

  /**
   * The network's first convolution, read from the model's file: with `convolve()` it shows what the network makes of a
   * picture first. Fetches the file unless the network has been loaded.
   * @throws {InferenceError} `model` when there is none that can be read, or as `load()` does
   */
  async firstLayer(): Promise<Convolution> {
    const { asset } = this.#model;
    const [{ readFirstLayer }, file] = await Promise.all([
      import('../model/first-layer.js'),
      this.#environment.assetStore.load(asset, () => {}),
    ]);
    try {
      return readFirstLayer(new Uint8Array(await file.bytes()));
    } catch (cause) {
      const message = `The first layer of ${asset.url} cannot be shown: ${describeThrown(cause)}`;
      throw new InferenceError('model', message, { url: asset.url, cause });
    }
  }

  /** Gives the requests to the engine, as many at a time as it takes, until none waits. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    this.#supervisor.keepAlive();
    const underWay = new Map<InferenceRequest, Promise<void>>();
    while (this.#queue.size > 0 || underWay.size > 0) {
      const request = this.#queue.next((candidate) => !underWay.has(candidate));
      if (!request) {
        await Promise.race(underWay.values());
        continue;
      }
      try {
        await this.#supervisor.start();
      } catch (error) {
        this.#queue.rejectAll(error);
        continue;
      }
      const { engine } = this.#supervisor;
      if (engine && underWay.size < engine.concurrency && this.#queue.has(request)) {
        underWay.set(
          request,
          this.#answer(engine, request).finally(() => underWay.delete(request)),
        );
      } else if (underWay.size > 0) {
        await Promise.race(underWay.values());
      }
    }
    this.#working = false;
    this.#shutDownIfUnused();
  }

  /** Lets the engine answer a request; one that breaks engines is refused after a few. */
  async #answer(engine: Engine, request: InferenceRequest): Promise<void> {
    request.attempts += 1;
    try {
      request.resolve(await engine.run(request.images, request.count, request.outputs));
      this.#supervisor.answered();
    } catch (thrown) {
      const error = toInferenceError(thrown, 'model');
      if (!isEngineLoss(error)) {
        request.reject(error);
        return;
      }
      if (request.attempts >= MAX_ATTEMPTS) request.reject(error);
      this.#supervisor.replace(engine, error);
    }
  }

  #shutDownIfUnused(): void {
    if (this.#users === 0 && !this.#working) this.#supervisor.scheduleShutdown();
  }
}

/** One after the other; all but the last are as long as the first. */
function concat(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  parts.forEach((part, index) => whole.set(part, index * parts[0].length));
  return whole;
}
