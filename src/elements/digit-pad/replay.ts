import type { ReactiveController, ReactiveElement } from 'lit';
import { DrawingError, type ReplayMoment, type Size, type Strokes } from '../../drawing/index.js';
import { importOnce } from '../../utils/index.js';

const importTimes = importOnce(() => import('../../drawing/replay-times.js'), 'plays strokes', DrawingError);

const EMPTY: ReplayMoment = { strokes: [], pen: null };

/** Replays strokes. Updates its host on every animation frame. */
export class Replay implements ReactiveController {
  readonly #host: ReactiveElement;
  #moment: ReplayMoment | null = null;
  #frame = 0;
  #finish: (() => void) | null = null;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is shown now; null while nothing is replayed. */
  get moment(): ReplayMoment | null {
    return this.#moment;
  }

  hostDisconnected(): void {
    this.stop();
  }

  /**
   * Replays strokes from the start, `speed` times as fast as they were drawn. Resolves at the end, or when stopped.
   * @throws {DrawingError} `network` if the code that replays could not be fetched
   */
  async play(strokes: Strokes, size: Size, speed: number): Promise<void> {
    this.stop();
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    const finish = this.#finish;
    this.#moment = EMPTY;
    this.#host.requestUpdate();
    const replay = await importTimes().catch((error: unknown) => {
      this.stop();
      throw error;
    });
    if (this.#finish !== finish) return;
    const times = replay.replayTimes(strokes, size);
    const duration = replay.replayDuration(times);
    const started = performance.now();
    const show = (now: number): void => {
      const moment = Math.max(0, now - started) * speed;
      if (moment >= duration) return this.stop();
      this.#moment = replay.replayMoment(strokes, times, moment);
      this.#host.requestUpdate();
      this.#frame = requestAnimationFrame(show);
    };
    show(started);
    await finished;
  }

  /** Ends the replay, so that all ink is shown again. */
  stop(): void {
    if (!this.#finish) return;
    cancelAnimationFrame(this.#frame);
    this.#moment = null;
    this.#finish();
    this.#finish = null;
    this.#host.requestUpdate();
  }
}
