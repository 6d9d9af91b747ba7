/** All texts that users read or hear, in one language. */
export interface Messages {
  readonly padLabel: string;
  /** For a pad for several digits. */
  readonly padLabelMultiple: string;
  readonly padHint: string;
  readonly padHintMultiple: string;
  readonly padTools: string;
  /** How to use the pad, for screen reader users. */
  readonly padInstructions: string;
  /** Position of the pad's cursor, in percent of its width from the left and of its height from the top. */
  cursorAt(across: string, down: string): string;
  /** Announced when the keyboard's pen starts drawing. */
  readonly penDown: string;
  /** Announced when it has finished a stroke; strokes are counted from 1. */
  penUp(stroke: string): string;
  /** Announced after undo, redo and clear, with the number of strokes left. */
  undone(strokes: string): string;
  redone(strokes: string): string;
  readonly cleared: string;
  readonly undo: string;
  readonly redo: string;
  readonly clear: string;
  readonly previewLabel: string;
  readonly previewEmpty: string;
  /** Announced for the pixel under the cursor. */
  previewPixel(row: string, column: string, value: string): string;
  /** Name of the picture whose pixels can be inspected. */
  readonly previewInspect: string;
  /** Name of the tab list with the following views, whose names must be short enough for tabs. */
  readonly previewViews: string;
  readonly viewInput: string;
  readonly viewSteps: string;
  readonly viewSaliency: string;
  readonly viewLayer: string;
  /** Shown instead of a view while nothing is drawn. */
  readonly viewEmpty: string;
  /** Shown instead of a view that could not be created. */
  readonly viewFailed: string;
  /** The steps from drawing to picture, in order. */
  readonly stepInk: string;
  readonly stepBox: string;
  readonly stepScaled: string;
  readonly stepCentered: string;
  /** Says, for the saliency view, which ink matters most; `region` is one of `regions`. */
  saliencyMost(digit: string, region: string): string;
  /** Says that no part of the ink makes a difference by itself. */
  saliencyNone(digit: string): string;
  /** Meaning of the two colors. */
  saliencyFor(digit: string): string;
  saliencyAgainst(digit: string): string;
  /** Regions of the picture: row by row from the top, left to right. */
  readonly regions: readonly [string, string, string, string, string, string, string, string, string];
  /** Describes the first layer's feature maps. */
  layerLabel(count: string): string;
  readonly predictionsLabel: string;
  /** Name of the row of digits, each of which can be selected. */
  readonly digitsLabel: string;
  /** Name of the list of digits to choose from when the answer can be corrected. */
  readonly correctLabel: string;
  /** A digit that the user picked or typed instead of the recognized one. */
  picked(digit: string): string;
  typed(digit: string): string;
  /** Marks an answer that was learned from the user's earlier corrections. */
  readonly learned: string;
  /** The second-best digit. */
  secondBest(digit: string, percentage: string): string;
  /** One line of the list, as spoken. */
  prediction(digit: string, percentage: string): string;
  /** Announced when an answer has settled. */
  answer(digit: string, percentage: string): string;
  readonly nothingRecognized: string;
  /** Shown above the nearest guesses when the drawing does not look like a digit. */
  readonly notSure: string;
  /** For several digits. */
  readonly notSureMultiple: string;
  /** Announced in that case. */
  notSureAnswer(nearest: string): string;
  readonly loading: string;
  /** What failed, each in one or two short sentences that say what to do. */
  readonly loadingOffline: string;
  readonly loadingFailed: string;
  /** The browser lacks a required feature, or the page does not allow it. */
  readonly cannotRun: string;
  /** The page gave an attribute or property a value that is not allowed. */
  readonly wrongSetting: string;
  readonly recognitionFailed: string;
  readonly inkKept: string;
  readonly retry: string;
  /** On the button that opens the file picker. */
  readonly choosePicture: string;
  /** Shown while a file is dragged over the recognizer. */
  readonly dropPicture: string;
  readonly pictureReading: string;
  /** Name of the thumbnail of the picture being read; `name` is its file name, '' if it has none. */
  pictureLabel(name: string): string;
  readonly removePicture: string;
  /** Why a picture could not be read. */
  readonly pictureUnreadable: string;
  readonly pictureUnsupported: string;
  readonly pictureAnimated: string;
  readonly pictureTooLarge: string;
  /** The page or the browser does not allow it. */
  readonly pictureBlocked: string;
  readonly required: string;
  readonly requiredMultiple: string;
  /** Why a form cannot be submitted yet. */
  readonly reading: string;
  backend(backend: 'webgpu' | 'wasm'): string;
}
