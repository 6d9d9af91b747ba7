import { ContextRoot, createContext } from './lit-context.js';
import type { RecognitionStore } from '../../recognition/index.js';

/**
 * All that a `<digit-recognizer>` lends to the parts inside of it: the ink, what was read and said, how the parts behave
 * and what they are called, and every request that a user can make.
 */
export const recognitionContext = createContext<RecognitionStore>(Symbol.for('digit-recognizer/recognition'));

let contextRoot: ContextRoot | null = null;

/** Lets an element find its recognizer even where the recognizer's tag is defined after its own. */
export function ensureContextRoot(): void {
  if (contextRoot) return;
  contextRoot = new ContextRoot();
  contextRoot.attach(document.documentElement);
}
