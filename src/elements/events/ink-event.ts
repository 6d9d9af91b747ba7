import type { Strokes } from '../../drawing/index.js';

/** The ink on a pad has changed. Bubbles out of the pad; not composed. */
export class InkEvent extends Event {
  static readonly type = 'digit-ink';

  /**
   * @param strokes all ink, including the stroke under the pen
   * @param drawing whether the pen is down
   */
  constructor(
    readonly strokes: Strokes,
    readonly drawing: boolean,
  ) {
    super(InkEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-ink': InkEvent;
  }
}
