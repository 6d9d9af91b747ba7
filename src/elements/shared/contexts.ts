import { ContextRoot, createContext } from './lit-context.js';
import type { InkStore } from '../../drawing/index.js';
import type { RecognitionStore } from '../../recognition/index.js';
import type { InkBox } from '../digit-pad/ink-box.js';

/** The drawing that a `<digit-recognizer>` lends to the pads inside of it. */
export const inkContext = createContext<InkStore>(Symbol.for('digit-recognizer/ink'));

/** The answers that a `<digit-recognizer>` lends to the previews and predictions inside of it. */
export const recognitionContext = createContext<RecognitionStore>(Symbol.for('digit-recognizer/recognition'));

/** Whether the pads inside of a `<digit-recognizer>` may be drawn on. */
export const disabledContext = createContext<boolean>(Symbol.for('digit-recognizer/disabled'));

/** Whether the pads inside of a `<digit-recognizer>` show their ink without letting it be changed. */
export const readonlyContext = createContext<boolean>(Symbol.for('digit-recognizer/readonly'));

/** Frames that a `<digit-recognizer>` shows over the ink of the pads inside of it: one for each of several digits. */
export const boxesContext = createContext<readonly InkBox[]>(Symbol.for('digit-recognizer/boxes'));

/** Whether the pads inside of a `<digit-recognizer>` are there for several digits. */
export const multipleContext = createContext<boolean>(Symbol.for('digit-recognizer/multiple'));

let contextRoot: ContextRoot | null = null;

/** Lets an element find its recognizer even where the recognizer's tag is defined after its own. */
export function ensureContextRoot(): void {
  if (contextRoot) return;
  contextRoot = new ContextRoot();
  contextRoot.attach(document.documentElement);
}
