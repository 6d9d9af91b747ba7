import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { WriterProfile } from '../../learning/index.js';
import { importOnce } from '../../utils/index.js';
import type { Corrected, Learner, Recognition, RecognitionStore } from '../../recognition/index.js';
import { RecognitionError } from '../../sources/index.js';
import { LearnedEvent } from '../events/learned-event.js';
import { reportError } from '../shared/report-error.js';
import { importProfiles } from './import-profiles.js';
import { OnlineController } from './online-controller.js';

const importKept = importOnce(() => import('../../learning/kept-profile.js'), 'stores profiles', RecognitionError);

interface LearningHost extends ReactiveControllerHost, HTMLElement {
  /** Name of the profile; '' for the page's own, null to learn nothing. */
  readonly learn: string | null;
  readonly form: HTMLFormElement | null;
}

/** Lets a recognizer learn from its user's corrections. The code for the page's profiles is fetched on first use. */
export class LearningController implements ReactiveController {
  readonly #host: LearningHost;
  readonly #store: RecognitionStore;
  /** The profile set by the page. */
  #given: WriterProfile | null = null;
  #named: WriterProfile | null = null;
  /** Name and model of the last requested profile; profiles that arrive after another request are ignored. */
  #requested: string | null = null;
  /** Whether it could not be fetched. */
  #failed = false;
  #listening: AbortController | null = null;

  constructor(host: LearningHost, store: RecognitionStore) {
    this.#host = host;
    this.#store = store;
    new OnlineController(host, () => this.#retry());
    host.addController(this);
  }

  /** The profile that answers are adjusted by and corrections added to; null while there is none. */
  get profile(): WriterProfile | null {
    return this.#given ?? this.#named;
  }

  /** Null selects the profile that the host's `learn` names, if any. */
  set profile(profile: WriterProfile | null) {
    if (profile === this.#given) return;
    this.#update(() => (this.#given = profile));
  }

  hostConnected(): void {
    const listening = new AbortController();
    const settle = (): void => this.#store.settle();
    // A form and its controls are in the same tree; `submit` does not leave it. Captured, since a page's own listener may
    // stop it.
    this.#host.getRootNode().addEventListener(
      'submit',
      ({ target }) => {
        if (target === this.#host.form) settle();
      },
      { capture: true, signal: listening.signal },
    );
    addEventListener('pagehide', settle, { signal: listening.signal });
    this.#retry();
    this.#listening = listening;
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    // A host that is moved is connected again at once.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#store.settle();
    });
  }

  hostUpdated(): void {
    const { learn } = this.#host;
    const model = this.#store.service?.modelId;
    // Without a service the host is not connected; connecting it will update it.
    if (learn !== null && model === undefined) return;
    const requested = learn === null ? null : JSON.stringify([learn, model]);
    if (requested === this.#requested) return;
    this.#requested = requested;
    // The previous profile is another writer's, or of another model.
    this.#setNamed(null);
    if (learn !== null && model !== undefined) void this.#fetch(requested, learn, model);
  }

  async #fetch(requested: string | null, name: string, model: string): Promise<void> {
    try {
      const [{ pageProfile }, kept] = await Promise.all([importProfiles(), name === '' ? null : importKept()]);
      const profile = pageProfile(name, model, kept && kept.openKeptProfile);
      await profile.ready;
      if (requested === this.#requested) this.#setNamed(profile);
    } catch (error) {
      if (requested !== this.#requested) return;
      // It reads as if without `learn`.
      this.#failed = true;
      reportError(this.#host, error as Error);
    }
  }

  #retry(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.#requested = null;
    this.#host.requestUpdate();
  }

  #setNamed(profile: WriterProfile | null): void {
    if (profile === this.#named) return;
    if (this.#given) this.#named = profile;
    else this.#update(() => (this.#named = profile));
  }

  #update(change: () => void): void {
    // Earlier corrections belong to the previous profile.
    this.#store.settle();
    change();
    const { profile } = this;
    this.#store.learner = profile && this.#learnerFor(profile);
  }

  /** A profile that cannot be used with this model is reported once, and then ignored. */
  #learnerFor(profile: WriterProfile): Learner {
    let reported = false;
    const attempt = <Result>(action: () => Result, fallback: Result): Result => {
      try {
        return action();
      } catch (error) {
        if (!reported) reportError(this.#host, error as Error);
        reported = true;
        return fallback;
      }
    };
    return {
      apply: (recognition: Recognition, leastEnergy: number) =>
        attempt(() => profile.apply(recognition, leastEnergy), recognition),
      learn: (corrected: readonly Corrected[]) => {
        for (const { recognition, correction } of corrected) {
          const { digit } = correction;
          attempt(() => {
            profile.learn(recognition, digit);
            this.#host.dispatchEvent(new LearnedEvent(digit, recognition.digit));
          }, undefined);
        }
      },
    };
  }
}
