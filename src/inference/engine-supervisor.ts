import type { Backend, BackendPreference } from './backend.js';
import type { Decision } from './decision.js';
import type { Engine, EngineOptions } from './engines/engine.js';
import { backendOf, kindsFor, type EngineKind } from './engines/engine-kind.js';
import { measureLatency } from './engines/measure-latency.js';
import { loadWasmProgram } from './engines/wasm/load-wasm-program.js';
import type { InferenceEnvironment } from './environment.js';
import { BackendChangeEvent } from './events/backend-change-event.js';
import { LoadProgressEvent } from './events/load-progress-event.js';
import { StatusChangeEvent } from './events/status-change-event.js';
import { InferenceError, toInferenceError } from './inference-error.js';
import type { InferenceStatus } from './inference-status.js';
import { LoadProgress } from './load-progress.js';
import type { Model } from './model.js';
import { isExpected, mayRestart, mayTakeOverAgain, shouldTryNext, wouldFailAgain } from './supervision-policy.js';

interface RunningEngine {
  readonly engine: Engine;
  readonly kind: EngineKind;
}

/**
 * Keeps an engine running for a model: starts the first available one, replaces one that fails, lets WebGPU take over
 * under `auto` if it proves correct and fast, keeping the previous engine on standby, and shuts everything down when
 * unused for a while.
 */
export class EngineSupervisor {
  readonly #model: Model;
  readonly #preference: BackendPreference;
  readonly #environment: InferenceEnvironment;
  readonly #target: EventTarget;
  readonly #onFailure: (reason: InferenceError) => void;
  #status: InferenceStatus = 'idle';
  #error: InferenceError | null = null;
  #backend: Backend | null = null;
  #progress = new LoadProgress();
  #starting: Promise<void> | null = null;
  #active: RunningEngine | null = null;
  /** The engine that WebGPU took over from, ready to resume. */
  #standby: RunningEngine | null = null;
  /** Engines that are not retried, with the reason. */
  readonly #ruledOut = new Map<EngineKind, InferenceError>();
  #losses = { inARow: 0, webgpu: 0 };
  #webgpuLatency: number | null = null;
  #shutdown: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param target dispatches the events
   * @param onFailure called after too many engines in a row failed: pending requests cannot be answered
   */
  constructor(
    model: Model,
    preference: BackendPreference,
    environment: InferenceEnvironment,
    target: EventTarget,
    onFailure: (reason: InferenceError) => void,
  ) {
    this.#model = model;
    this.#preference = preference;
    this.#environment = environment;
    this.#target = target;
    this.#onFailure = onFailure;
  }

  get status(): InferenceStatus {
    return this.#status;
  }

  /** Why `status` is `error`. */
  get error(): InferenceError | null {
    return this.#error;
  }

  get backend(): Backend | null {
    return this.#backend;
  }

  get progress(): LoadProgress {
    return this.#progress;
  }

  get decision(): Decision {
    return {
      engine: this.#active?.kind ?? null,
      givenUp: [...this.#ruledOut].map(([engine, error]) => ({ engine, error })),
      webgpuLatency: this.#webgpuLatency,
    };
  }

  /** The active engine; null while there is none. */
  get engine(): Engine | null {
    return this.#active?.engine ?? null;
  }

  /**
   * Starts an engine, once; again after a failure.
   * @throws {InferenceError} if nothing could be loaded or started
   */
  start(): Promise<void> {
    if (!this.#starting) {
      // After a failure nothing runs, so this start may as well try everything.
      if (this.#error) this.#ruledOut.clear();
      this.#progress = new LoadProgress();
      // Deferred by a microtask, so that a listener that calls start() gets this promise.
      this.#starting = Promise.resolve().then(() => this.#start());
      this.#setStatus('loading');
    }
    return this.#starting;
  }

  /** Notes that the engine has answered a request. */
  answered(): void {
    this.#losses.inARow = 0;
  }

  /** Replaces a failed engine: with the one on standby, or a fresh one. */
  replace(engine: Engine, reason: InferenceError): void {
    const active = this.#active;
    if (engine !== active?.engine) return;
    if (this.#standby) {
      this.#returnToStandby(this.#standby, reason);
      return;
    }
    this.#losses.inARow += 1;
    if (wouldFailAgain(reason, engine.backend, this.#losses)) this.#ruledOut.set(active.kind, reason);
    this.#dispose();
    if (mayRestart(this.#losses)) {
      this.start().catch(() => {
        // Reported through status and error.
      });
      return;
    }
    this.#losses.inARow = 0;
    this.#setBackend(null);
    this.#setStatus('error', reason);
    this.#onFailure(reason);
  }

  /** Cancels a scheduled shutdown. */
  keepAlive(): void {
    clearTimeout(this.#shutdown);
  }

  /** Schedules a shutdown, unless `keepAlive()` is called in time. */
  scheduleShutdown(): void {
    clearTimeout(this.#shutdown);
    this.#shutdown = setTimeout(() => this.#shutDown(), this.#environment.keepAlive);
    // In Node, where timers are objects, this one must not keep the process alive.
    (this.#shutdown as { unref?: () => void }).unref?.();
  }

  #shutDown(): void {
    if (this.#status === 'loading') {
      this.scheduleShutdown();
      return;
    }
    this.#dispose();
    this.#setBackend(null);
    this.#setStatus('idle');
  }

  async #start(): Promise<void> {
    try {
      const active = await this.#startFirst();
      this.#activate(active);
      this.#setStatus('ready');
      if (this.#preference === 'auto' && this.#model.programs) void this.#considerWebGpu(active);
    } catch (thrown) {
      const error = toInferenceError(thrown, 'worker');
      this.#starting = null;
      this.#setBackend(null);
      this.#setStatus('error', error);
      throw error;
    }
  }

  #activate(running: RunningEngine): void {
    this.#active = running;
    void running.engine.lost.then((reason) => this.replace(running.engine, toInferenceError(reason, 'worker')));
    this.#setBackend(running.engine.backend);
  }

  /** Starts the first available engine. Those that fail are ruled out. */
  async #startFirst(): Promise<RunningEngine> {
    const kinds = kindsFor(this.#model, this.#preference);
    const failures: InferenceError[] = [];
    for (const kind of kinds) {
      const known = this.#ruledOut.get(kind);
      if (known && kind !== kinds.at(-1)) {
        failures.push(known);
        continue;
      }
      try {
        return { engine: await this.#startKind(kind), kind };
      } catch (thrown) {
        const error = toInferenceError(thrown, 'worker');
        failures.push(error);
        if (!shouldTryNext(error, this.#model.asset.url)) break;
        this.#ruledOut.set(kind, error);
      }
    }
    const isReported = (error: InferenceError, index: number) => index === 0 || !isExpected(this.#preference, error);
    throw failures.filter(isReported).reduce(withFallbackFailure);
  }

  async #startKind(kind: EngineKind): Promise<Engine> {
    const options = this.#engineOptions(this.#progress, () =>
      this.#target.dispatchEvent(new LoadProgressEvent(this.#progress.loaded, this.#progress.total)),
    );
    const { programs } = this.#model;
    const acceptFallbackAdapter = this.#preference === 'webgpu';
    if (programs && kind === 'wasm-program') return loadWasmProgram(programs.wasm, options);
    if (programs && kind === 'webgpu-program') {
      const loadWebGpuProgram = await this.#environment.importWebGpu();
      return loadWebGpuProgram(programs.webgpu, acceptFallbackAdapter, options);
    }
    const startOnnxRuntime = await this.#environment.loadOnnxRuntime();
    return startOnnxRuntime({ ...options, backend: backendOf(kind), acceptFallbackAdapter });
  }

  #engineOptions(progress: LoadProgress, onProgress: () => void): EngineOptions {
    return { model: this.#model, assetStore: this.#environment.assetStore, progress, onProgress };
  }

  /** Lets WebGPU take over in the background, if it is available, correct, and answers within a frame. */
  async #considerWebGpu(active: RunningEngine): Promise<void> {
    const { programs } = this.#model;
    const kind = 'webgpu-program';
    const isActive = () => active.engine === this.#active?.engine;
    await this.#environment.whenIdle();
    if (!programs || !isActive() || active.kind === kind || this.#ruledOut.has(kind)) return;
    if (this.#environment.savesData()) return;
    let engine: Engine | null = null;
    try {
      const loadWebGpuProgram = await this.#environment.importWebGpu();
      engine = await loadWebGpuProgram(
        programs.webgpu,
        false,
        this.#engineOptions(new LoadProgress(), () => {}),
      );
      this.#webgpuLatency = await measureLatency(engine);
      refuseSlow(this.#webgpuLatency, this.#environment.maxLatency);
    } catch (thrown) {
      engine?.dispose();
      const error = toInferenceError(thrown, 'model');
      // After a network error the next start may retry.
      if (error.code !== 'network') this.#ruledOut.set(kind, error);
      return;
    }
    if (!isActive()) {
      engine.dispose();
      return;
    }
    this.#standby = active;
    this.#activate({ engine, kind });
  }

  /** Switches back from WebGPU to the engine on standby. */
  #returnToStandby(standby: RunningEngine, reason: InferenceError): void {
    this.#active?.engine.dispose();
    this.#standby = null;
    this.#active = standby;
    this.#losses.webgpu += 1;
    this.#setBackend(standby.engine.backend);
    if (mayTakeOverAgain(reason, this.#losses)) void this.#considerWebGpu(standby);
    else this.#ruledOut.set('webgpu-program', reason);
  }

  #dispose(): void {
    this.#active?.engine.dispose();
    this.#standby?.engine.dispose();
    this.#active = null;
    this.#standby = null;
    this.#starting = null;
  }

  #setStatus(status: InferenceStatus, error: InferenceError | null = null): void {
    if (status === this.#status && error === this.#error) return;
    this.#status = status;
    this.#error = error;
    this.#target.dispatchEvent(new StatusChangeEvent(status, error));
  }

  #setBackend(backend: Backend | null): void {
    if (backend === this.#backend) return;
    this.#backend = backend;
    this.#target.dispatchEvent(new BackendChangeEvent(backend));
  }
}

/** @throws {InferenceError} `webgpu-unavailable` */
function refuseSlow(latency: number, limit: number): void {
  if (latency <= limit) return;
  const message = `One image takes ${latency.toFixed(1)} ms on this GPU; the limit is ${limit.toFixed(1)} ms.`;
  throw new InferenceError('webgpu-unavailable', message);
}

/** Describes why an engine failed, and why the next one could not replace it, unless for the same reason. */
function withFallbackFailure(first: InferenceError, cause: InferenceError): InferenceError {
  const { code, message, url } = first;
  if (cause.message === message) return first;
  const combined = `${message} The fallback failed: ${cause.message}`;
  return new InferenceError(code, combined, { cause, ...(url !== undefined && { url }) });
}
