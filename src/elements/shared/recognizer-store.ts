import { RecognitionStore } from '../../recognition/index.js';

/** The store of a `<digit-recognizer>`, with what its pads request of its form. */
export class RecognizerStore extends RecognitionStore {
  /** The pads that draw on it, inside the recognizer or elsewhere. */
  readonly pads = new Set<HTMLElement>();
  /** The lists that show its answers, inside the recognizer or elsewhere. */
  readonly lists = new Set<HTMLElement>();
  readonly submit: () => void;
  readonly left: (to: EventTarget | null) => void;

  /**
   * @param submit submits the form that the recognizer belongs to
   * @param left called when a pad or list has lost the focus, with the element that has gained it
   */
  constructor(submit: () => void, left: (to: EventTarget | null) => void) {
    super();
    this.submit = submit;
    this.left = left;
  }
}
