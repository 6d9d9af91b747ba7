import type { RecognitionStore } from '../../recognition/index.js';
import { ContextRoot, createContext } from './lit-context.js';

/**
 * Everything that a `<digit-recognizer>` provides to its parts: the ink, the answers and corrections, the state and
 * labels of the parts, and every request that a user can make.
 */
export const recognitionContext = createContext<RecognitionStore>(Symbol.for('digit-recognizer/recognition'));

let contextRoot: ContextRoot | null = null;

/** Lets an element find its recognizer even if the recognizer's tag is defined after its own. */
export function ensureContextRoot(): void {
  if (contextRoot) return;
  contextRoot = new ContextRoot();
  contextRoot.attach(document.documentElement);
}
