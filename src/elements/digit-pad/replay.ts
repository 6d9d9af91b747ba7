import type { ReactiveController, ReactiveElement } from 'lit';
import { DrawingError, type ReplayMoment, type Size, type Strokes } from '../../drawing/index.js';
import { importOnce } from '../../model/import-once.js';

const importTimes = importOnce(() => import('../../drawing/replay-times.js'), 'plays strokes', DrawingError);

const NOTHING: ReplayMoment = { strokes: [], pen: null };

/** Plays strokes as they were drawn. Renders its host anew with every frame. */
export class Replay implements ReactiveController {
  readonly #host: ReactiveElement;
  #moment: ReplayMoment | null = null;
  #frame = 0;
  #settle: (() => void) | null = null;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is shown now; null while nothing is played. */
  get moment(): ReplayMoment | null {
    return this.#moment;
  }

  hostDisconnected(): void {
    this.stop();
  }

  /**
   * Plays from the beginning, `speed` times as fast as they were drawn. Settles at the end, or when it is stopped.
   * @throws {DrawingError} `network` when the code that plays could not be fetched
   */
  async play(strokes: Strokes, size: Size, speed: number): Promise<void> {
    this.stop();
    const over = new Promise<void>((resolve) => (this.#settle = resolve));
    const settle = this.#settle;
    this.#moment = NOTHING;
    this.#host.requestUpdate();
    const replay = await importTimes().catch((error: unknown) => {
      this.stop();
      throw error;
    });
    if (this.#settle !== settle) return;
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
    await over;
  }

  /** Shows all again. */
  stop(): void {
    if (!this.#settle) return;
    cancelAnimationFrame(this.#frame);
    this.#moment = null;
    this.#settle();
    this.#settle = null;
    this.#host.requestUpdate();
  }
}
