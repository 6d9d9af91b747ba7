import type { InferenceStatus } from '../../inference/index.js';

/** The recognizer has started to load, is ready, or has failed. */
export class StatusEvent extends Event {
  static readonly type = 'digit-status';

  constructor(readonly status: InferenceStatus) {
    super(StatusEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-status': StatusEvent;
  }
}
