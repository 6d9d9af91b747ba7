import type { InferenceError } from '../inference-error.js';
import type { InferenceStatus } from '../inference-status.js';

/** The service's `status` has changed. */
export class StatusChangeEvent extends Event {
  static readonly type = 'statuschange';
  readonly status: InferenceStatus;
  /** Why, when `status` is `error`. */
  readonly error: InferenceError | null;

  constructor(status: InferenceStatus, error: InferenceError | null) {
    super(StatusChangeEvent.type);
    this.status = status;
    this.error = error;
  }
}
