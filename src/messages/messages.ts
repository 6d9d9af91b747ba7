/** Everything that a user reads or hears, in one language. */
export interface Messages {
  readonly padLabel: string;
  /** Of a pad for several digits. */
  readonly padLabelMultiple: string;
  readonly padHint: string;
  readonly padHintMultiple: string;
  readonly padTools: string;
  /** How to use the pad, for screen reader users. */
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
  /** What is announced for the pixel under the cursor. */
  previewPixel(row: string, column: string, value: string): string;
  /** Name of the picture whose pixels can be visited. */
  readonly previewInspect: string;
  /** Name of the choice between the views that follow: words as short as fit on a tab. */
  readonly previewViews: string;
  readonly viewInput: string;
  readonly viewSteps: string;
  readonly viewSaliency: string;
  readonly viewLayer: string;
  /** Shown in place of a view while nothing is drawn. */
  readonly viewEmpty: string;
  /** Shown in place of a view that could not be made. */
  readonly viewFailed: string;
  /** The steps from drawing to picture, in their order. */
  readonly stepInk: string;
  readonly stepBox: string;
  readonly stepScaled: string;
  readonly stepCentered: string;
  /** Says of the saliency view which ink counts most; `region` is one of `regions`. */
  saliencyMost(digit: string, region: string): string;
  /** Says that no part of the ink makes a difference by itself. */
  saliencyNone(digit: string): string;
  /** What the two colors mean. */
  saliencyFor(digit: string): string;
  saliencyAgainst(digit: string): string;
  /** Where in the picture: row by row from the top, from left to right. */
  readonly regions: readonly [string, string, string, string, string, string, string, string, string];
  /** What the first layer's pictures are. */
  layerLabel(count: string): string;
  readonly predictionsLabel: string;
  /** Name of the row of several digits, each of which can be looked at. */
  readonly digitsLabel: string;
  /** Name of the list of digits to choose from, when the answer can be corrected. */
  readonly correctLabel: string;
  /** A digit that the user has picked or typed, in place of the one that was recognized. */
  picked(digit: string): string;
  typed(digit: string): string;
  /** Said of an answer that was learned from what the user has corrected before. */
  readonly learned: string;
  /** The second-best digit. */
  secondBest(digit: string, percentage: string): string;
  /** One line of the list, as it is spoken. */
  prediction(digit: string, percentage: string): string;
  /** What is announced when an answer has settled. */
  answer(digit: string, percentage: string): string;
  readonly nothingRecognized: string;
  /** Shown above the nearest guesses when what is drawn does not look like a digit. */
  readonly notSure: string;
  /** Of several digits. */
  readonly notSureMultiple: string;
  /** What is announced then. */
  notSureAnswer(nearest: string): string;
  readonly loading: string;
  /** What could not be done, each in one or two short sentences that say what to do. */
  readonly loadingOffline: string;
  readonly loadingFailed: string;
  /** The browser lacks what it takes, or the page does not allow it. */
  readonly cannotRun: string;
  /** The page gave an attribute or property a value that is not allowed. */
  readonly wrongSetting: string;
  readonly recognitionFailed: string;
  readonly inkKept: string;
  readonly retry: string;
  /** On the button that opens the list of the user's files. */
  readonly choosePicture: string;
  /** Shown while a file is held over the recognizer. */
  readonly dropPicture: string;
  readonly pictureReading: string;
  /** Name of the small copy of the picture that is read; `name` is that of its file, '' where it has none. */
  pictureLabel(name: string): string;
  readonly removePicture: string;
  /** Why a picture could not be read. */
  readonly pictureUnreadable: string;
  readonly pictureUnsupported: string;
  readonly pictureAnimated: string;
  readonly pictureTooLarge: string;
  /** The page, or the browser, does not allow it. */
  readonly pictureBlocked: string;
  readonly required: string;
  readonly requiredMultiple: string;
  /** Why a form has to wait a moment. */
  readonly reading: string;
  backend(backend: 'webgpu' | 'wasm'): string;
}
