import { isStrokes, type InkSnapshot, type Size } from '../drawing/index.js';
import type { Correction } from '../recognition/index.js';

/** What a browser keeps of a recognizer while the page is away, for when the person comes back to it. */
export interface FormState extends Pick<InkSnapshot, 'strokes' | 'frame'> {
  readonly correction: Correction | null;
}

/** The ink, and the person's own word, as a string; null when there is neither. */
export function writeFormState({ strokes, frame, correction }: FormState): string | null {
  return strokes.length > 0 || correction ? JSON.stringify({ strokes, frame, correction }) : null;
}

/** The state that {@link writeFormState} wrote; null when it is something else, such as what another version kept. */
export function readFormState(text: string): FormState | null {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof state !== 'object' || state === null || !('strokes' in state) || !isStrokes(state.strokes)) return null;
  return {
    strokes: state.strokes,
    frame: 'frame' in state && isSize(state.frame) ? state.frame : null,
    correction: 'correction' in state && isCorrection(state.correction) ? state.correction : null,
  };
}

function isSize(value: unknown): value is Size {
  const { width, height } = (value ?? {}) as Partial<Size>;
  return typeof width === 'number' && width > 0 && typeof height === 'number' && height > 0;
}

function isCorrection(value: unknown): value is Correction {
  const { digit, by } = (value ?? {}) as Partial<Correction>;
  return /^[0-9]$/.test(JSON.stringify(digit) ?? '') && (by === 'picked' || by === 'typed');
}
