/** What follows the language of the page around it. */
type Follower = () => void;

/** Those who follow, and the observers of the trees that they are in. */
const followers = new Set<Follower>();
const observed = new Map<Node, { readonly observer: MutationObserver; count: number }>();

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

/**
 * Calls `follower` when the language of `element` may have changed, until the returned function is called. All share one
 * observer per tree.
 */
export function followLanguage(element: Element, follower: Follower): () => void {
  const roots = rootsOf(element);
  followers.add(follower);
  for (const root of roots) {
    const entry = observed.get(root) ?? {
      observer: new MutationObserver(() => {
        for (const each of [...followers]) each();
      }),
      count: 0,
    };
    if (entry.count === 0) {
      entry.observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      observed.set(root, entry);
    }
    entry.count += 1;
  }
  return () => {
    followers.delete(follower);
    for (const root of roots) {
      const entry = observed.get(root)!;
      entry.count -= 1;
      if (entry.count > 0) continue;
      entry.observer.disconnect();
      observed.delete(root);
    }
  };
}
