import type { Strokes } from '../../drawing/index.js';
import type { Correction, Recognition } from '../../recognition/index.js';

/**
 * The user has said what the digit is, or has taken that back. With what was drawn: a page may collect its own training
 * data; nothing is sent anywhere.
 */
export class CorrectionEvent extends Event {
  static readonly type = 'digit-correction';

  /** 0..9; null when what the user had said is taken back, and what was recognized counts again. */
  readonly digit: number | null;
  /** How it was said; null when it is taken back. */
  readonly by: Correction['by'] | null;
  /** What the network holds it to be: 0..9; null when it is not sure, or nothing is drawn. */
  readonly predicted: number | null;
  /** 28x28 values, row-major, 0 (paper) to 1 (ink): what the network saw; null when nothing was recognized. */
  readonly image: Float32Array | null;

  /** @param strokes what is drawn; empty when the digit was typed on an empty pad, or read from a picture */
  constructor(
    correction: Correction | null,
    recognition: Recognition | null,
    readonly strokes: Strokes,
  ) {
    super(CorrectionEvent.type, { bubbles: true });
    this.digit = correction?.digit ?? null;
    this.by = correction?.by ?? null;
    this.predicted = recognition?.digit ?? null;
    this.image = recognition?.image ?? null;
  }
}

declare global {
  interface HTMLElementEventMap {
    'digit-correction': CorrectionEvent;
  }
}
