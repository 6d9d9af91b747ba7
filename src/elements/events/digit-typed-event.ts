/**
 * A digit was typed on a pad, by a user who cannot or does not want to draw. Bubbles out of the pad; not composed. If
 * canceled, the key is left to the page, as if there were no pad.
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
