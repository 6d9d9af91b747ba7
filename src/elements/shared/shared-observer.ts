/** Calls `listener` after mutations in a document or shadow tree, until the returned function is called. */
export type ObserveTree = (root: Node, listener: () => void) => () => void;

interface Watch {
  readonly observer: MutationObserver;
  readonly listeners: Set<() => void>;
}

/** Returns a function that observes trees for one kind of mutation. All its listeners of a tree share one observer. */
export function sharedObserver(mutations: MutationObserverInit): ObserveTree {
  const watched = new WeakMap<Node, Watch>();

  const watch = (root: Node): Watch => {
    const listeners = new Set<() => void>();
    const observer = new MutationObserver(() => {
      for (const each of [...listeners]) each();
    });
    observer.observe(root, mutations);
    const entry = { observer, listeners };
    watched.set(root, entry);
    return entry;
  };

  return (root, listener) => {
    const { observer, listeners } = watched.get(root) ?? watch(root);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || watched.get(root)?.observer !== observer) return;
      observer.disconnect();
      watched.delete(root);
    };
  };
}
