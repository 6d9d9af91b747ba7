/**
 * Registers a tag, unless the page already has it: a second copy of the package must not break the first. Does nothing
 * where there are no custom elements, in workers and on servers.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  const { customElements } = globalThis as Partial<typeof globalThis>;
  if (customElements && !customElements.get(tag)) customElements.define(tag, element);
}
