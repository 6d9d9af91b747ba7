import { assetStore, type AssetStore } from './files/asset-store.js';
import { assetUrls } from './files/assets.js';
import type { Backend, BackendPreference } from './backend.js';
import type { Decision } from './decision.js';
import { isEngineLoss, LOGITS, type Engine, type EngineOptions, type Outputs } from './engines/engine.js';
import { backendOf, isProgram, kindsFor, type EngineKind } from './engines/engine-kind.js';
import { loadWasmProgram } from './engines/wasm/load-wasm-program.js';
import { loadWebGpuProgram } from './engines/webgpu/load-webgpu-program.js';
import { measureLatency } from './engines/measure-latency.js';
import { loadOnnxRuntime, type LoadOnnxRuntime } from './engines/onnxruntime/onnx-runtime-plugin.js';
import { BackendChangeEvent } from './events/backend-change-event.js';
import { LoadProgressEvent } from './events/load-progress-event.js';
import { StatusChangeEvent } from './events/status-change-event.js';
import { savesData, whenIdle } from './idle.js';
import type { Convolution } from '../model/first-layer.js';
import { describeThrown, InferenceError, toInferenceError } from './inference-error.js';
import { LoadProgress } from './load-progress.js';
import { resolveModel, type Model, type ModelSources } from './model.js';
import { IMAGE_LENGTH, LARGEST_BATCH } from '../model/shapes.js';
import { RequestQueue, type InferenceRequest } from './request-queue.js';
import { wasmPrograms } from './engines/wasm/wasm-programs.js';

export type InferenceStatus = 'idle' | 'loading' | 'ready' | 'error';

export interface InferenceServiceOptions {
  /** `compact` (default), `reference`, or the URL of an ONNX model: `[n, 1, 28, 28]` in, `[n, 10]` logits out. */
  readonly model?: string;
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

/** What a service works with; tests put their own in its place. */
export interface InferenceEnvironment extends ModelSources {
  readonly assetStore: AssetStore;
  readonly loadOnnxRuntime: LoadOnnxRuntime;
  /** Settles when the page has time for what nobody waits for. */
  readonly whenIdle: () => Promise<void>;
  readonly savesData: () => boolean;
  /** Milliseconds that WebGPU may take for one picture under `auto`. */
  readonly longestLatency: number;
  /** Milliseconds for which a service that nobody uses any more keeps its engine. */
  readonly linger: number;
}

/** A node that is moved in the page lets go and takes hold again within a moment; a page that is left open, too, may. */
const LINGER = 30_000;

/** One frame at 60 Hz. */
const FRAME = 1000 / 60;

/** How often one request is given to an engine: one that breaks engines must not break all of them. */
const MOST_ATTEMPTS = 3;

/**
 * How many engines in a row may break without having answered. Even a request that breaks engines breaks no more than
 * this many: after another loss it is the engine that is at fault, and the service waits to be asked again.
 */
const MOST_LOSSES = MOST_ATTEMPTS;

const services = new Map<string, InferenceService>();

/**
 * Runs one network for a whole page, and answers in the order of the calls.
 *
 * Loading begins with the first need. An engine that cannot start gives way to the next; one that breaks down (a program
 * traps, a worker dies or hangs, a GPU device is lost) is replaced, and the requests that wait are answered by the next
 * one. Under `auto`, WebGPU is prepared when the page is idle, and takes over where it proves to be right and quick.
 */
export class InferenceService extends EventTarget {
  /** The page's one service for a model and a backend. */
  static shared(options: InferenceServiceOptions = {}): InferenceService {
    const { model, backend = 'auto' } = options;
    const key = JSON.stringify([resolveModel(model, { assetUrls, wasmPrograms }).key, backend]);
    let service = services.get(key);
    if (!service) services.set(key, (service = new InferenceService(options)));
    return service;
  }

  readonly #model: Model;
  readonly #preference: BackendPreference;
  readonly #environment: InferenceEnvironment;
  readonly #queue = new RequestQueue();
  #status: InferenceStatus = 'idle';
  #error: InferenceError | null = null;
  #backend: Backend | null = null;
  #progress = new LoadProgress();
  #loading: Promise<void> | null = null;
  #engine: Engine | null = null;
  #working = false;
  #users = 0;
  #lingering: ReturnType<typeof setTimeout> | undefined;
  #losses = 0;
  #kind: EngineKind | null = null;
  /** What answered before WebGPU took over, ready to answer again. */
  #standby: { readonly engine: Engine; readonly kind: EngineKind } | null = null;
  #webgpuLatency: number | null = null;
  #webgpuLosses = 0;
  readonly #givenUp = new Map<EngineKind, InferenceError>();

  /**
   * A service of its own; `InferenceService.shared()` is what a page wants.
   * @throws {InferenceError} `invalid-input` when there is no such model or backend
   */
  constructor(options: InferenceServiceOptions = {}, environment: Partial<InferenceEnvironment> = {}) {
    super();
    this.#environment = {
      assetUrls,
      wasmPrograms,
      assetStore,
      loadOnnxRuntime,
      whenIdle,
      savesData,
      longestLatency: FRAME,
      linger: LINGER,
      ...environment,
    };
    this.#model = resolveModel(options.model, this.#environment);
    this.#preference = checkPreference(options.backend ?? 'auto');
  }

  get status(): InferenceStatus {
    return this.#status;
  }

  /** Tells models apart: the SHA-256 of the file in hexadecimal, or the URL of one that is not in the catalogue. */
  get modelId(): string {
    return this.#model.id;
  }

  /** What runs the network; null while nothing does. */
  get backend(): Backend | null {
    return this.#backend;
  }

  /** Which engine runs the network, and why others do not. */
  get decision(): Decision {
    const givenUp = [...this.#givenUp].map(([engine, error]) => ({ engine, error }));
    return { engine: this.#kind, givenUp, webgpuLatency: this.#webgpuLatency };
  }

  /** Why `status` is `error`. */
  get error(): InferenceError | null {
    return this.#error;
  }

  /** Settles when the network can run; starts to load when that has not been asked for, or has failed. */
  get ready(): Promise<void> {
    return this.load();
  }

  /** Bytes of runtime and model: those that have arrived, and those expected (0 before anything is known). */
  get progress(): { readonly loaded: number; readonly total: number } {
    const { loaded, total } = this.#progress;
    return { loaded, total };
  }

  /** Divides the logits before the softmax (Guo et al. 2017); 1 for models that are not in the catalogue. */
  get temperature(): number {
    return this.#model.temperature;
  }

  /** The energy score (logsumexp of the logits) below which a picture is no digit; -Infinity where it is not known. */
  get leastEnergy(): number {
    return this.#model.leastEnergy;
  }

  /**
   * Loads runtime and model, once; after a failure, anew.
   * @throws {InferenceError} what could not be loaded or started
   */
  load(): Promise<void> {
    if (!this.#loading) {
      this.#progress = new LoadProgress();
      // A tick later, so that a listener that calls load() finds this promise.
      this.#loading = Promise.resolve().then(() => this.#start());
      this.#setStatus('loading');
    }
    return this.#loading;
  }

  /** Says that somebody uses the service. Each call wants one of `release()`. */
  retain(): void {
    this.#users += 1;
    clearTimeout(this.#lingering);
  }

  /**
   * Says that a user is gone. Half a minute after the last one has gone, and the last request was answered, the engine
   * is let go; the next request starts it again. One call too many does nothing.
   */
  release(): void {
    this.#users = Math.max(0, this.#users - 1);
    this.#rest();
  }

  /**
   * Runs the network for its logits alone.
   * @param images `count` pictures of 784 values each, 0..1, row-major, one after the other
   * @returns `count` times ten logits
   * @throws {InferenceError} when the call is wrong, or the network cannot be loaded or run
   */
  async infer(images: Float32Array, count: number, options: Pick<RunOptions, 'signal'> = {}): Promise<Float32Array> {
    return (await this.run(images, count, { ...options, features: false })).logits;
  }

  /**
   * Runs the network.
   * @param images `count` pictures of 784 values each, 0..1, row-major, one after the other
   * @throws {InferenceError} when the call is wrong, or the network cannot be loaded or run
   */
  async run(images: Float32Array, count: number, { signal, features = false }: RunOptions = {}): Promise<RunResult> {
    if (!Number.isSafeInteger(count) || count < 1 || images.length !== count * IMAGE_LENGTH) {
      const message = `${count} pictures need ${count} times ${IMAGE_LENGTH} values; ${images.length} were given.`;
      throw new InferenceError('invalid-input', message);
    }
    if (!images.every(Number.isFinite)) {
      throw new InferenceError(
        'invalid-input',
        'The pictures hold values that are not finite numbers; 0..1 is needed.',
      );
    }
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
   * The network's first convolution, read from the model's file: with `convolve()` it tells what the network makes of a
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

  async #start(): Promise<void> {
    try {
      const engine = await this.#startEngine();
      this.#engine = engine;
      void engine.lost.then((reason) => this.#replace(engine, reason));
      this.#setBackend(engine.backend);
      this.#setStatus('ready');
      if (this.#preference === 'auto' && this.#model.programs) void this.#considerWebGpu(engine);
    } catch (thrown) {
      const error = toInferenceError(thrown, 'worker');
      this.#loading = null;
      this.#setBackend(null);
      this.#setStatus('error', error);
      throw error;
    }
  }

  /** Starts the first engine that can be had; those that cannot are given up for good, unless the network was cut. */
  async #startEngine(): Promise<Engine> {
    const kinds = kindsFor(this.#model, this.#preference);
    let failure: InferenceError | null = null;
    for (const kind of kinds) {
      if (this.#givenUp.has(kind) && kind !== kinds.at(-1)) continue;
      try {
        const engine = await this.#startKind(kind);
        this.#kind = kind;
        return engine;
      } catch (thrown) {
        const error = toInferenceError(thrown, 'worker');
        // That WebGPU could not stand in is what most people would expect; `decision` tells.
        const expected = this.#preference === 'auto' && error.code === 'webgpu-unavailable';
        if (!failure) failure = error;
        else if (!expected) failure = withLastResort(failure, error);
        if (error.url === this.#model.asset.url) break;
        // A download that was cut says nothing about the engine; stock ONNX Runtime would be a hundred times the download.
        if (error.code === 'network' && isProgram(kind)) break;
        if (error.code !== 'network') this.#givenUp.set(kind, error);
      }
    }
    // Nothing runs, so that the next start may as well try everything.
    for (const kind of kinds) this.#givenUp.delete(kind);
    throw failure ?? new InferenceError('program', 'No engine can run the model.');
  }

  async #startKind(kind: EngineKind): Promise<Engine> {
    const options = this.#engineOptions(this.#progress, () =>
      this.dispatchEvent(new LoadProgressEvent(this.#progress.loaded, this.#progress.total)),
    );
    const { programs } = this.#model;
    const acceptFallbackAdapter = this.#preference === 'webgpu';
    if (programs && kind === 'wasm-program') return loadWasmProgram(programs.wasm, options);
    if (programs && kind === 'webgpu-program')
      return loadWebGpuProgram(programs.webgpu, acceptFallbackAdapter, options);
    const startOnnxRuntime = await this.#environment.loadOnnxRuntime();
    return startOnnxRuntime({ ...options, backend: backendOf(kind), acceptFallbackAdapter });
  }

  #engineOptions(progress: LoadProgress, onProgress: () => void): EngineOptions {
    return { model: this.#model, assetStore: this.#environment.assetStore, progress, onProgress };
  }

  /** Lets WebGPU take over from `engine`, if it can be had, answers rightly and within a frame. Nobody waits for it. */
  async #considerWebGpu(engine: Engine): Promise<void> {
    const { programs } = this.#model;
    const kind = 'webgpu-program';
    await this.#environment.whenIdle();
    if (!programs || engine !== this.#engine || this.#kind === kind || this.#givenUp.has(kind)) return;
    if (this.#environment.savesData()) return;
    let candidate: Engine | null = null;
    try {
      candidate = await loadWebGpuProgram(
        programs.webgpu,
        false,
        this.#engineOptions(new LoadProgress(), () => {}),
      );
      this.#webgpuLatency = await measureLatency(candidate);
      this.#refuseSlow(this.#webgpuLatency);
    } catch (thrown) {
      candidate?.dispose();
      const error = toInferenceError(thrown, 'model');
      // What was cut off may be tried again with the next start.
      if (error.code !== 'network') this.#givenUp.set(kind, error);
      return;
    }
    if (engine !== this.#engine || !this.#kind) {
      candidate.dispose();
      return;
    }
    this.#standby = { engine, kind: this.#kind };
    this.#engine = candidate;
    this.#kind = kind;
    const taken = candidate;
    void taken.lost.then((reason) => this.#replace(taken, reason));
    this.#setBackend('webgpu');
  }

  #refuseSlow(latency: number): void {
    const { longestLatency } = this.#environment;
    if (latency <= longestLatency) return;
    const message = `One picture takes ${latency.toFixed(1)} ms on this GPU; ${longestLatency.toFixed(1)} ms is the limit.`;
    throw new InferenceError('webgpu-unavailable', message);
  }

  /** Gives the requests to the engine, as many at a time as it takes, until none waits. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    clearTimeout(this.#lingering);
    const underWay = new Map<InferenceRequest, Promise<void>>();
    while (this.#queue.size > 0 || underWay.size > 0) {
      const request = this.#queue.next((candidate) => !underWay.has(candidate));
      if (!request) {
        await Promise.race(underWay.values());
        continue;
      }
      try {
        await this.load();
      } catch (error) {
        this.#queue.rejectAll(error);
        continue;
      }
      const engine = this.#engine;
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
    this.#rest();
  }

  /** Lets the engine answer a request; one that breaks engines is refused after a few. */
  async #answer(engine: Engine, request: InferenceRequest): Promise<void> {
    request.attempts += 1;
    try {
      request.resolve(await engine.run(request.images, request.count, request.outputs));
      this.#losses = 0;
    } catch (thrown) {
      const error = toInferenceError(thrown, 'model');
      if (!isEngineLoss(error)) {
        request.reject(error);
        return;
      }
      if (request.attempts >= MOST_ATTEMPTS) request.reject(error);
      this.#replace(engine, error);
    }
  }

  /** Starts another engine in place of one that broke down. */
  #replace(engine: Engine, reason: InferenceError): void {
    if (engine !== this.#engine) return;
    if (this.#standby) {
      this.#standIn(this.#standby, reason);
      return;
    }
    this.#losses += 1;
    if (this.#kind && this.#isHopeless(reason)) this.#givenUp.set(this.#kind, reason);
    this.#letGo();
    if (this.#losses <= MOST_LOSSES) {
      this.load().catch(() => {
        // Status and error tell.
      });
      return;
    }
    this.#losses = 0;
    this.#setBackend(null);
    this.#setStatus('error', reason);
    this.#queue.rejectAll(reason);
  }

  /** Goes back from WebGPU to what answered before. A device that is lost once may come back; a second loss is the last. */
  #standIn({ engine, kind }: { readonly engine: Engine; readonly kind: EngineKind }, reason: InferenceError): void {
    this.#engine?.dispose();
    this.#standby = null;
    this.#engine = engine;
    this.#kind = kind;
    this.#webgpuLosses += 1;
    this.#setBackend(engine.backend);
    if (reason.code !== 'device-lost' || this.#webgpuLosses > 1) this.#givenUp.set('webgpu-program', reason);
    else void this.#considerWebGpu(engine);
  }

  /**
   * Whether an engine that broke down would do so again. A program that fails twice on fresh memory will; a GPU device
   * that is lost once may come back, one that is lost again, or hangs, is not worth a third wait.
   */
  #isHopeless({ code }: InferenceError): boolean {
    if (code === 'program') return true;
    return this.#engine?.backend === 'webgpu' && (this.#losses > 1 || code === 'timeout');
  }

  /** Waits for somebody to come back, when nobody uses the service and nothing is asked of it. */
  #rest(): void {
    clearTimeout(this.#lingering);
    if (this.#users > 0 || this.#working) return;
    this.#lingering = setTimeout(() => this.#retire(), this.#environment.linger);
  }

  /** Lets go of everything when nobody has come back. */
  #retire(): void {
    if (this.#status === 'loading') {
      this.#rest();
      return;
    }
    this.#letGo();
    this.#setBackend(null);
    this.#setStatus('idle');
  }

  #letGo(): void {
    this.#engine?.dispose();
    this.#standby?.engine.dispose();
    this.#engine = null;
    this.#standby = null;
    this.#kind = null;
    this.#loading = null;
  }

  #setStatus(status: InferenceStatus, error: InferenceError | null = null): void {
    if (status === this.#status && error === this.#error) return;
    this.#status = status;
    this.#error = error;
    this.dispatchEvent(new StatusChangeEvent(status, error));
  }

  #setBackend(backend: Backend | null): void {
    if (backend === this.#backend) return;
    this.#backend = backend;
    this.dispatchEvent(new BackendChangeEvent(backend));
  }
}

/** One after the other. */
function concat(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Why an engine failed, and why the next one could not stand in for it. */
function withLastResort({ code, message, url }: InferenceError, cause: InferenceError): InferenceError {
  const whole = `${message} Nothing could stand in for it: ${cause.message}`;
  return new InferenceError(code, whole, { cause, ...(url !== undefined && { url }) });
}

function checkPreference(backend: BackendPreference): BackendPreference {
  if (['auto', 'webgpu', 'wasm'].includes(backend)) return backend;
  const message = `There is no backend "${String(backend)}". Use "auto", "webgpu" or "wasm".`;
  throw new InferenceError('invalid-input', message);
}
