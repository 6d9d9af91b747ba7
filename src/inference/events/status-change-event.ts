import type { InferenceError } from '../inference-error.js';
import type { InferenceStatus } from '../inference-status.js';

/** Fired when the service's `status` has changed. */
export class StatusChangeEvent extends Event {
  static readonly type = 'statuschange';
  readonly status: InferenceStatus;
  /** The reason if `status` is `error`. */
  readonly error: InferenceError | null;

  constructor(status: InferenceStatus, error: InferenceError | null) {
    super(StatusChangeEvent.type);
    this.status = status;
    this.error = error;
  }
}
