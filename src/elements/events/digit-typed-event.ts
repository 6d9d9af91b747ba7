/**
 * A digit was typed on a pad, by a user who cannot draw or does not want to. Bubbles out of the pad; not composed.
 * Cancelled, the key goes on to the page as if the pad had not been there.
 */
export class DigitTypedEvent extends Event {
  static readonly type = 'digit-typed';

  /** @param digit 0 to 9 */
  constructor(readonly digit: number) {
    super(DigitTypedEvent.type, { bubbles: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-typed': DigitTypedEvent;
  }
}
