/** Something could not be loaded or read. The ink is kept. */
export class DigitErrorEvent extends Event {
  static readonly type = 'digit-error';

  /** @param error has a machine-readable `code`, and a message that says what failed, why, and what to do */
  constructor(readonly error: Error & { readonly code?: string }) {
    super(DigitErrorEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-error': DigitErrorEvent;
  }
}
