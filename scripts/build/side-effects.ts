import type { Plugin } from 'vite';

/**
 * Applies package.json's `sideEffects`, which names built modules, to the sources.
 * @param sideEffects matches their paths
 */
export function declareSideEffects(sideEffects: RegExp): Plugin {
  return {
    name: 'declare-side-effects',
    apply: 'build',
    transform: { filter: { id: sideEffects }, handler: () => ({ moduleSideEffects: true, map: null }) },
  };
}
