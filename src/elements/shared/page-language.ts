import { sharedObserver } from './shared-observer.js';

const observeLanguages = sharedObserver({ attributes: true, attributeFilter: ['lang'], subtree: true });

/** Returns the document or shadow root of a node, and those around it. */
function rootsOf(node: Node): Node[] {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
}

/** Returns the language of an element: its own `lang`, or that of the nearest ancestor, across shadow roots. */
export function languageOf(element: Element): string {
  for (let each: Element | null = element; each;) {
    const language = each.getAttribute('lang');
    if (language) return language;
    const parent: Node | null = each.parentNode;
    each = parent instanceof ShadowRoot ? parent.host : each.parentElement;
  }
  return '';
}

/** Calls `listener` when the language of `element` may have changed, until the returned function is called. */
export function watchLanguage(element: Element, listener: () => void): () => void {
  const stops = rootsOf(element).map((root) => observeLanguages(root, listener));
  return () => {
    for (const stop of stops) stop();
  };
}
