/**
 * Lit's build for browsers assumes a DOM when it is imported, and throws in a worker or an edge runtime, where nothing
 * is rendered but the package may well be imported. Until `stand-in-end.ts` is imported, after Lit, this provides what
 * Lit looks for. Node gets Lit's own build for servers.
 */
import { isServer } from 'lit-html/is-server.js';

const scope = globalThis as { HTMLElement?: unknown; document?: unknown; window?: unknown };

/** The globals to remove again. */
export const standIns: readonly ('HTMLElement' | 'document' | 'window')[] =
  isServer || 'HTMLElement' in scope || 'document' in scope ? [] : ['HTMLElement', 'document', 'window'];

if (standIns.length > 0) {
  scope.HTMLElement = class {};
  scope.document = { createTreeWalker: () => null };
  // Only Lit's development build looks here.
  scope.window = {};
}
