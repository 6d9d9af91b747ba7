/** A digit has been learned from a correction: drawings like it are read so from now on. */
export class LearnedEvent extends Event {
  static readonly type = 'digit-learned';

  /**
   * @param digit 0..9, what the user has said that the drawing is
   * @param predicted what was read: 0..9; null when it was taken for a non-digit
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
