/**
 * Lit's build for browsers takes it for granted that there is a DOM when it is imported, and throws in a worker or an
 * edge runtime, where nobody renders but somebody may well import the package. Until `stand-in-end.ts` is imported, after
 * Lit, what Lit looks for is there. Node gets Lit's own build for servers.
 */
import { isServer } from 'lit-html/is-server.js';

const scope = globalThis as { HTMLElement?: unknown; document?: unknown; window?: unknown };

/** What is to be taken away again. */
export const standIns: readonly ('HTMLElement' | 'document' | 'window')[] =
  isServer || 'HTMLElement' in scope || 'document' in scope ? [] : ['HTMLElement', 'document', 'window'];

if (standIns.length > 0) {
  scope.HTMLElement = class {};
  scope.document = { createTreeWalker: () => null };
  // Only Lit's build for developers looks here.
  scope.window = {};
}
