import { isStrokes, type InkSnapshot, type Size } from '../drawing/index.js';

/** What a browser keeps of a recognizer while the page is away, for when the person comes back to it. */
export type FormState = Pick<InkSnapshot, 'strokes' | 'frame'>;

/** The ink as a string; null when there is none. */
export function writeFormState({ strokes, frame }: FormState): string | null {
  return strokes.length > 0 ? JSON.stringify({ strokes, frame }) : null;
}

/** The ink that {@link writeFormState} wrote; null when it is something else, such as what another version kept. */
export function readFormState(text: string): FormState | null {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof state !== 'object' || state === null || !('strokes' in state) || !isStrokes(state.strokes)) return null;
  return { strokes: state.strokes, frame: 'frame' in state && isSize(state.frame) ? state.frame : null };
}

function isSize(value: unknown): value is Size {
  const { width, height } = (value ?? {}) as Partial<Size>;
  return typeof width === 'number' && width > 0 && typeof height === 'number' && height > 0;
}
