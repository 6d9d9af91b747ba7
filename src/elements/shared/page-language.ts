import { sharedObserver } from './shared-observer.js';

const observeLanguages = sharedObserver({ attributes: true, attributeFilter: ['lang'], subtree: true });

/** The document or shadow root that a node is in, and those around it. */
function rootsOf(node: Node): Node[] {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
}

/** The language of an element: its own `lang`, or that of the nearest element around it, beyond shadow roots too. */
export function languageOf(element: Element): string {
  for (let each: Element | null = element; each;) {
    const language = each.getAttribute('lang');
    if (language) return language;
    const parent: Node | null = each.parentNode;
    each = parent instanceof ShadowRoot ? parent.host : each.parentElement;
  }
  return '';
}

/** Calls `follower` when the language of `element` may have changed, until the returned function is called. */
export function followLanguage(element: Element, follower: () => void): () => void {
  const stops = rootsOf(element).map((root) => observeLanguages(root, follower));
  return () => {
    for (const stop of stops) stop();
  };
}
