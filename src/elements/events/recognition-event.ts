import type { Recognition } from '../../recognition/index.js';

/** There is a new answer, during a stroke or after it. */
export class RecognitionEvent extends Event {
  static readonly type = 'digit-recognition';

  /**
   * @param recognition null if the pad is empty again
   * @param recognitions all digits from left to right if several are read; else the one, or none
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
