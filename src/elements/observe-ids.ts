/** Those who want to know when an id may have come to stand for another element, by the tree that they look in. */
const watchers = new WeakMap<Node, { readonly observer: MutationObserver; readonly listeners: Set<() => void> }>();

/**
 * Calls `listener` when elements with ids may have come, gone or changed in a document or shadow tree, until the
 * returned function is called. All who look in one tree share one observer.
 */
export function observeIds(root: Node, listener: () => void): () => void {
  let watcher = watchers.get(root);
  if (!watcher) {
    const listeners = new Set<() => void>();
    const observer = new MutationObserver(() => {
      for (const each of [...listeners]) each();
    });
    observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
    watcher = { observer, listeners };
    watchers.set(root, watcher);
  }
  const { observer, listeners } = watcher;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || watchers.get(root)?.observer !== observer) return;
    observer.disconnect();
    watchers.delete(root);
  };
}
