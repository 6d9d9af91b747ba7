/** Everything that a person reads or hears, in one language. */
export interface Messages {
  readonly padLabel: string;
  readonly padHint: string;
  readonly padTools: string;
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
