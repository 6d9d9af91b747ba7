/** A correction has been learned: similar drawings are read that way from now on. */
export class LearnedEvent extends Event {
  static readonly type = 'digit-learned';

  /**
   * @param digit 0..9, the corrected digit
   * @param predicted the answer before, 0..9; null if it was rejected as a non-digit
   */
  constructor(
    readonly digit: number,
    readonly predicted: number | null,
  ) {
    super(LearnedEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-learned': LearnedEvent;
  }
}
