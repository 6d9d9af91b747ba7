import { RecognitionStore } from '../../recognition/index.js';

/** The store of a `<digit-recognizer>`, with what its pads request of its form. */
export class RecognizerStore extends RecognitionStore {
  /** The pads that draw on it, inside the recognizer or elsewhere. */
  readonly pads = new Set<HTMLElement>();
  /** The lists that show its answers, inside the recognizer or elsewhere. */
  readonly lists = new Set<HTMLElement>();
  readonly submit: () => void;
  readonly focusLeft: (to: EventTarget | null) => void;

  /**
   * @param submit submits the form that the recognizer belongs to
   * @param focusLeft called when a pad or list has lost the focus, with the element that has gained it
   */
  constructor(submit: () => void, focusLeft: (to: EventTarget | null) => void) {
    super();
    this.submit = submit;
    this.focusLeft = focusLeft;
  }
}
