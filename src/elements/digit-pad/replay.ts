import type { ReactiveController, ReactiveElement } from 'lit';
import {
  replayDuration,
  replayMoment,
  replayTimes,
  type ReplayMoment,
  type Size,
  type Strokes,
} from '../../drawing/index.js';

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

  /** Plays from the beginning, `speed` times as fast as they were drawn. Settles at the end, or when it is stopped. */
  play(strokes: Strokes, size: Size, speed: number): Promise<void> {
    this.stop();
    const times = replayTimes(strokes, size);
    const duration = replayDuration(times);
    const started = performance.now();
    const show = (now: number): void => {
      const moment = Math.max(0, now - started) * speed;
      if (moment >= duration) return this.stop();
      this.#moment = replayMoment(strokes, times, moment);
      this.#host.requestUpdate();
      this.#frame = requestAnimationFrame(show);
    };
    return new Promise((resolve) => {
      this.#settle = resolve;
      show(started);
    });
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
