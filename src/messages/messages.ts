/** Everything that a person reads or hears, in one language. */
export interface Messages {
  readonly padLabel: string;
  readonly padHint: string;
  readonly padTools: string;
  /** How to use the pad, read to those who come to it with a screen reader. */
  readonly padInstructions: string;
  /** Where the pad's cursor is, in per cent of its width from the left and of its height from the top. */
  cursorAt(across: string, down: string): string;
  /** Announced when the keyboard's pen begins to draw. */
  readonly penDown: string;
  /** Announced when it has drawn a stroke; strokes are counted from 1. */
  penUp(stroke: string): string;
  /** Announced after undo, redo and clear; with how many strokes there are now. */
  undone(strokes: string): string;
  redone(strokes: string): string;
  readonly cleared: string;
  readonly undo: string;
  readonly redo: string;
  readonly clear: string;
  readonly previewLabel: string;
  readonly previewEmpty: string;
  readonly predictionsLabel: string;
  readonly predictionsEmpty: string;
  /** What is announced when an answer has settled. */
  answer(digit: string, percentage: string): string;
  readonly nothingRecognized: string;
  /** Shown above the nearest guesses when what is drawn does not look like a digit. */
  readonly notSure: string;
  /** What is announced then. */
  notSureAnswer(nearest: string): string;
  readonly loading: string;
  readonly loadingFailed: string;
  readonly recognitionFailed: string;
  readonly inkKept: string;
  readonly retry: string;
  readonly required: string;
  /** Why a form has to wait a moment. */
  readonly reading: string;
  backend(backend: 'webgpu' | 'wasm'): string;
}
