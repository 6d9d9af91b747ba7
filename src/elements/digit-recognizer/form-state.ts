import { isStrokes, type InkSnapshot, type Size } from '../../drawing/index.js';
import type { Correction, Corrections } from '../../recognition/index.js';

/** State that the browser keeps while the user is away from the page. */
export interface FormState extends Pick<InkSnapshot, 'strokes' | 'frame'> {
  readonly corrections: Corrections;
  /** The value that the page has set, or that was read from a picture; null if there is none. */
  readonly given: readonly number[] | null;
}

/** Serializes ink, corrections and a set value. */
export function writeFormState({ strokes, frame, corrections, given }: FormState): string {
  return JSON.stringify({ strokes, frame, corrections: [...corrections], given });
}

/** Parses what {@link writeFormState} returned; null for anything else, such as the state of another version. */
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
    corrections: new Map('corrections' in state && isCorrections(state.corrections) ? state.corrections : []),
    given: 'given' in state && Array.isArray(state.given) && state.given.every(isDigit) ? state.given : null,
  };
}

function isSize(value: unknown): value is Size {
  const { width, height } = (value ?? {}) as Partial<Size>;
  return typeof width === 'number' && width > 0 && typeof height === 'number' && height > 0;
}

function isCorrections(value: unknown): value is [number, Correction][] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) => Array.isArray(entry) && Number.isInteger(entry[0]) && entry[0] >= 0 && isCorrection(entry[1]),
    )
  );
}

function isDigit(value: unknown): value is number {
  return /^[0-9]$/.test(JSON.stringify(value) ?? '');
}

function isCorrection(value: unknown): value is Correction {
  const { digit, by } = (value ?? {}) as Partial<Correction>;
  return isDigit(digit) && (by === 'picked' || by === 'typed');
}
