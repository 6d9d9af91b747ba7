import type { Recognition } from '../../recognition/index.js';

/** There is an answer: while the pen is still drawing, and when it has lifted. */
export class RecognitionEvent extends Event {
  static readonly type = 'digit-recognition';

  /**
   * @param recognition null when the pad is empty again
   * @param recognitions where several digits are read, all of them from left to right; else that one, or none
   */
  constructor(
    readonly recognition: Recognition | null,
    readonly recognitions: readonly Recognition[],
  ) {
    super(RecognitionEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-recognition': RecognitionEvent;
  }
}
