import type { Strokes } from '../../drawing/index.js';
import type { Correction, Recognition } from '../../recognition/index.js';

/**
 * The user has corrected the digit, or taken that back, cleared it or drawn over it. Carries the drawing, so that a page
 * can collect its own training data; nothing is sent anywhere.
 */
export class CorrectionEvent extends Event {
  static readonly type = 'digit-correction';

  /** 0..9; null if the correction no longer counts. */
  readonly digit: number | null;
  /** How it was corrected; null if it no longer counts. */
  readonly by: Correction['by'] | null;
  /** The network's answer, 0..9; null if it is unsure, or nothing is drawn. */
  readonly predicted: number | null;
  /** 28x28 values, row-major, 0 (paper) to 1 (ink): what the network saw; null if nothing was recognized. */
  readonly image: Float32Array | null;

  /** @param strokes the ink; empty if the digit was typed on an empty pad, or read from a picture */
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
