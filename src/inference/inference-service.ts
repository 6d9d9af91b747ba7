import { IMAGE_LENGTH, LARGEST_BATCH, type Convolution } from '../model/index.js';
import { importOnce } from '../utils/index.js';
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
   * `auto` (default) starts on WASM, and switches to WebGPU if a real GPU proves correct and fast, but not for a model by
   * URL; the others are used as requested.
   */
  readonly backend?: BackendPreference;
}

export interface RunOptions {
  /** Aborts the call: its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Whether to return the features as well; false by default, at no cost. */
  readonly features?: boolean;
}

export interface RunResult {
  /** `count` times ten. */
  readonly logits: Float32Array;
  /**
   * The input of the network's last layer: `count` times 64 values for `compact`, 128 for `reference`, or as many as
   * the output `features` of a model by URL has. Null if they were not requested, or the model has none.
   */
  readonly features: Float32Array | null;
}

const services = new Map<string, InferenceService>();

const importFirstLayer = importOnce(() => import('../model/first-layer.js'), 'reads layers', InferenceError);

/**
 * Runs one network for a whole page, and answers calls in order.
 *
 * Loads lazily. If an engine cannot start, the next one is tried; one that fails (a program traps, a worker dies or
 * hangs, a GPU device is lost) is replaced, and its successor answers the pending requests. Under `auto`, WebGPU is
 * prepared when the page is idle, and takes over if it proves correct and fast.
 */
export class InferenceService extends EventTarget {
  /**
   * Returns the page's shared service for a model and a backend.
   * @throws {InferenceError} `invalid-input` if there is no such model or backend; `asset-missing` if the package's script
   *   has no files beside it
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
  /** Ends a wait for the engine, since a request was added that may be in flight as well. */
  #stopWaiting = (): void => {};
  #users = 0;

  /**
   * Creates a separate service; pages usually want `InferenceService.shared()`.
   * @throws {InferenceError} `invalid-input` if there is no such model or backend; `asset-missing` if the package's script
   *   has no files beside it
   */
  constructor(options?: InferenceServiceOptions);
  /** @internal */
  constructor(options?: InferenceServiceOptions, environment?: Partial<InferenceEnvironment>);
  constructor(options?: InferenceServiceOptions, environment: Partial<InferenceEnvironment> = {}) {
    super();
    const { model, backend } = checkServiceOptions(options);
    this.#environment = { ...defaultEnvironment, ...environment };
    this.#model = resolveModel(model, this.#environment);
    this.#supervisor = new EngineSupervisor(this.#model, backend, this.#environment, this, (reason) =>
      this.#queue.rejectAll(reason),
    );
  }

  /** Loading state: `idle`, `loading`, `ready` or `error`. */
  get status(): InferenceStatus {
    return this.#supervisor.status;
  }

  /** Identifies the model: the SHA-256 of its file in hexadecimal, or the URL of one that is not in the catalog. */
  get modelId(): string {
    return this.#model.id;
  }

  /** The backend that runs the network, or did until its engine failed and is being replaced; null otherwise. */
  get backend(): Backend | null {
    return this.#supervisor.backend;
  }

  /** Which engine runs the network, and why others do not. */
  get decision(): Decision {
    return this.#supervisor.decision;
  }

  /** The reason if `status` is `error`. */
  get error(): InferenceError | null {
    return this.#supervisor.error;
  }

  /** Resolves when the network can run; starts loading it if that was not requested before, or failed. */
  get ready(): Promise<void> {
    return this.load();
  }

  /** Bytes of runtime and model: received, and expected (0 if unknown). */
  get progress(): { readonly loaded: number; readonly total: number } {
    const { loaded, total } = this.#supervisor.progress;
    return { loaded, total };
  }

  /** Divides the logits before the softmax (Guo et al. 2017); 1 for models that are not in the catalog. */
  get temperature(): number {
    return this.#model.temperature;
  }

  /** The energy score (logsumexp of the logits) below which an image is a non-digit; -Infinity if unknown. */
  get leastEnergy(): number {
    return this.#model.leastEnergy;
  }

  /**
   * Loads runtime and model, once; again after a failure.
   * @throws {InferenceError} if they could not be loaded or started
   */
  load(): Promise<void> {
    return this.#supervisor.start();
  }

  /** Registers a user of the service. Each call must be matched by one of `release()`. */
  retain(): void {
    this.#users += 1;
    this.#supervisor.keepAlive();
  }

  /**
   * Unregisters a user. Half a minute after the last user is gone and the last request was answered, the engine is
   * disposed; the next request restarts it. Surplus calls are no-ops.
   */
  release(): void {
    this.#users = Math.max(0, this.#users - 1);
    this.#shutDownIfUnused();
  }

  /**
   * Runs the network and returns only its logits.
   * @param images `count` images of 784 values each, 0..1, row-major, one after the other
   * @returns `count` times ten logits
   * @throws {InferenceError} if the call is invalid, or the network cannot be loaded or run
   */
  async infer(images: Float32Array, count: number, options?: Pick<RunOptions, 'signal'>): Promise<Float32Array> {
    const { signal } = checkRun(images, count, options);
    return (await this.run(images, count, signal && { signal })).logits;
  }

  /**
   * Runs the network.
   * @param images `count` images of 784 values each, 0..1, row-major, one after the other
   * @throws {InferenceError} if the call is invalid, or the network cannot be loaded or run
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
    this.#stopWaiting();
    void this.#work();
    const answers = await Promise.all(parts);
    const vectors = answers.flatMap((answer) => answer.features ?? []);
    return {
      logits: concat(answers.map(({ logits }) => logits)),
      // An engine returns them for every part, or for none.
      features: vectors.length < answers.length ? null : concat(vectors),
    };
  }

  /**
   * Returns the network's first convolution, read from the model's file, for computing feature maps with `convolve()`.
   * Fetches the file unless the network has been loaded.
   * @throws {InferenceError} `model` if there is none that can be read, or as `load()` does
   */
  async firstLayer(): Promise<Convolution> {
    const { asset } = this.#model;
    const [{ readFirstLayer }, file] = await Promise.all([
      importFirstLayer(),
      this.#environment.assetStore.load(asset, () => {}),
    ]);
    try {
      return readFirstLayer(new Uint8Array(await file.bytes()));
    } catch (cause) {
      const message = `The first layer of ${asset.url} cannot be shown: ${describeThrown(cause)}`;
      throw new InferenceError('model', message, { url: asset.url, cause });
    }
  }

  /** Passes the queued requests to the engine, as many at a time as it accepts, until none is left. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    this.#supervisor.keepAlive();
    const inFlight = new Map<InferenceRequest, Promise<void>>();
    const change = () =>
      Promise.race([...inFlight.values(), new Promise<void>((resolve) => (this.#stopWaiting = resolve))]);
    while (this.#queue.size > 0 || inFlight.size > 0) {
      const request = this.#queue.next((candidate) => !inFlight.has(candidate));
      if (!request) {
        await change();
        continue;
      }
      try {
        await this.#supervisor.start();
      } catch (error) {
        this.#queue.rejectAll(error);
        continue;
      }
      const { engine } = this.#supervisor;
      if (engine && inFlight.size < engine.concurrency && this.#queue.has(request)) {
        inFlight.set(
          request,
          this.#answer(engine, request).finally(() => inFlight.delete(request)),
        );
      } else if (inFlight.size > 0) {
        await change();
      }
    }
    this.#working = false;
    this.#shutDownIfUnused();
  }

  /** Answers a request with the engine, or rejects it if it made too many engines fail. */
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

/** Concatenates arrays, all but the last of which have the same length. */
function concat(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  parts.forEach((part, index) => whole.set(part, index * parts[0].length));
  return whole;
}
