import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { WriterProfile } from '../../learning/index.js';
import type { Corrected, Learner, Recognition, RecognitionStore } from '../../recognition/index.js';
import { DigitErrorEvent } from '../events/digit-error-event.js';
import { LearnedEvent } from '../events/learned-event.js';

interface LearningHost extends ReactiveControllerHost, HTMLElement {
  /** Name of the profile; '' for the page's own, null to learn nothing. */
  readonly learn: string | null;
  readonly form: HTMLFormElement | null;
}

/** Lets a recognizer learn from what its user corrects. Everything of learning is fetched when it is first asked for. */
export class LearningController implements ReactiveController {
  readonly #host: LearningHost;
  readonly #store: RecognitionStore;
  /** What the page has set. */
  #own: WriterProfile | null = null;
  #profile: WriterProfile | null = null;
  /** Name and model of the profile that was asked for last; a profile that comes when there is another one is too late. */
  #asked: string | null = null;
  #listening: AbortController | null = null;

  constructor(host: LearningHost, store: RecognitionStore) {
    this.#host = host;
    this.#store = store;
    host.addController(this);
  }

  /** What it reads with, and learns into; null while there is none. */
  get profile(): WriterProfile | null {
    return this.#own ?? this.#profile;
  }

  /** Null: the one that the host's `learn` names, if any. */
  set profile(profile: WriterProfile | null) {
    if (profile === this.#own) return;
    // What was said before belongs to the profile before.
    this.#store.settle();
    this.#own = profile;
    this.#use();
  }

  hostConnected(): void {
    const listening = new AbortController();
    const settle = (): void => this.#store.settle();
    // A form and its controls are in the same tree; `submit` does not leave it.
    this.#host.getRootNode().addEventListener(
      'submit',
      ({ target }) => {
        if (target === this.#host.form) settle();
      },
      { signal: listening.signal },
    );
    addEventListener('pagehide', settle, { signal: listening.signal });
    this.#listening = listening;
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#store.settle();
  }

  hostUpdated(): void {
    const { learn } = this.#host;
    const model = this.#store.service?.modelId;
    // Without a service the host is not connected, and will be updated when it is.
    if (learn !== null && model === undefined) return;
    const asked = learn === null ? null : JSON.stringify([learn, model]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (learn === null || model === undefined) this.#take(null);
    else void this.#fetch(asked, learn, model);
  }

  async #fetch(asked: string | null, name: string, model: string): Promise<void> {
    try {
      const { pageProfile } = await import('../../learning/index.js');
      const profile = pageProfile(name, model);
      await profile.ready;
      if (asked === this.#asked) this.#take(profile);
    } catch (error) {
      // Cut off from the network. It reads as without learning; the next update tries again.
      if (asked === this.#asked) this.#asked = null;
      this.#report(error);
    }
  }

  #take(profile: WriterProfile | null): void {
    if (profile === this.#profile) return;
    this.#profile = profile;
    this.#use();
  }

  #use(): void {
    const { profile } = this;
    this.#store.learner = profile && this.#learnerFor(profile);
  }

  /** A profile that cannot be used with this model is reported once, and then ignored. */
  #learnerFor(profile: WriterProfile): Learner {
    let reported = false;
    const attempt = <Result>(action: () => Result, otherwise: Result): Result => {
      try {
        return action();
      } catch (error) {
        if (!reported) this.#report(error);
        reported = true;
        return otherwise;
      }
    };
    return {
      apply: (recognition: Recognition, leastEnergy: number) =>
        attempt(() => profile.apply(recognition, leastEnergy), recognition),
      learn: (corrected: readonly Corrected[]) => {
        for (const { recognition, digit } of corrected) {
          attempt(() => {
            profile.learn(recognition, digit);
            this.#host.dispatchEvent(new LearnedEvent(digit, recognition.digit));
          }, undefined);
        }
      },
    };
  }

  #report(error: unknown): void {
    this.#host.dispatchEvent(new DigitErrorEvent(error instanceof Error ? error : new Error(String(error))));
  }
}
