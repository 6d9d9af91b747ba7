/** Records what custom elements render, set and fire while they are used. Must be created before any of them. */
export interface Recorded {
  readonly cssParts: ReadonlySet<string>;
  readonly slots: ReadonlySet<string>;
  readonly cssStates: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  /** Custom properties that are used by styles of this element only. */
  readonly cssProperties: ReadonlySet<string>;
}

interface Notes {
  readonly cssParts: Set<string>;
  readonly slots: Set<string>;
  readonly cssStates: Set<string>;
  readonly events: Set<string>;
  readonly styles: Set<CSSStyleSheet>;
}

/** Calls back after each call of a native method. */
function after<Host, Result, Given extends unknown[]>(
  owner: object,
  name: string,
  callBack: (host: Host, result: Result, ...given: Given) => void,
): void {
  const native = Reflect.get(owner, name) as (...given: Given) => Result;
  Reflect.set(owner, name, function (this: Host, ...given: Given): Result {
    const result = Reflect.apply(native, this, given);
    callBack(this, result, ...given);
    return result;
  });
}

/** @returns what an element with a tag has done since */
export function recordElements(): (tag: string) => Recorded {
  const notes = new Map<string, Notes>();
  const notesOf = ({ localName }: Element): Notes => {
    const created = (): Notes => ({
      cssParts: new Set(),
      slots: new Set(),
      cssStates: new Set(),
      events: new Set(),
      styles: new Set(),
    });
    const own = notes.get(localName) ?? created();
    notes.set(localName, own);
    return own;
  };

  after(HTMLElement.prototype, 'attachShadow', (host: Element, root: ShadowRoot) => {
    new MutationObserver(() => note(host, root)).observe(root, { subtree: true, childList: true, attributes: true });
  });

  function note(host: Element, root: ShadowRoot): void {
    const { cssParts, slots, styles } = notesOf(host);
    for (const { part } of root.querySelectorAll('[part]')) for (const name of part) cssParts.add(name);
    for (const { name } of root.querySelectorAll('slot')) slots.add(name);
    for (const sheet of root.adoptedStyleSheets) styles.add(sheet);
  }

  const hosts = new Map<CustomStateSet, Element>();
  after(HTMLElement.prototype, 'attachInternals', (host: Element, internals: ElementInternals) => {
    hosts.set(internals.states, host);
  });
  after(CustomStateSet.prototype, 'add', (states: CustomStateSet, _, state: string) => {
    const host = hosts.get(states);
    if (host) notesOf(host).cssStates.add(state);
  });
  after(EventTarget.prototype, 'dispatchEvent', (target: EventTarget, _, event: Event) => {
    if (target instanceof Element && customElements.get(target.localName)) notesOf(target).events.add(event.type);
  });

  return (tag) => {
    const own = notesOf(document.createElement(tag));
    const others = [...notes.values()].filter((each) => each !== own);
    const rules = [...own.styles]
      .filter((sheet) => !others.some(({ styles }) => styles.has(sheet)))
      .flatMap(({ cssRules }) => [...cssRules]);
    const read = rules.flatMap(({ cssText }) => [...cssText.matchAll(/var\((--digit-[\w-]+)/g)]);
    return { ...own, cssProperties: new Set(read.map(([, name]) => name)) };
  };
}
