/** Registers a tag, unless the page has it already: a second copy of the package must not break the first. */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
