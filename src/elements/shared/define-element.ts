/**
 * Registers a tag, unless the page has it already: a second copy of the package must not break the first. Where there are
 * no tags, in workers and on servers, there is nothing to do.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  const { customElements } = globalThis as Partial<typeof globalThis>;
  if (customElements && !customElements.get(tag)) customElements.define(tag, element);
}
