import { fixture as renderFixture } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { html, render, type LitElement, type TemplateResult } from 'lit';

declare global {
  /** Whether the elements of the tests are rendered on a server first, and then taken over. */
  var renderOnServer: boolean | undefined;
}

const isLitElement = (element: Element): element is LitElement => 'updateComplete' in element;

/** The Lit elements of a tree, in shadow trees too. */
function* litElements(root: Element | ShadowRoot | Document): Iterable<LitElement> {
  if (root instanceof Element && isLitElement(root)) yield root;
  if (root instanceof Element && root.shadowRoot) yield* litElements(root.shadowRoot);
  for (const element of root.querySelectorAll('*')) {
    if (element !== root && isLitElement(element)) yield* litElements(element);
  }
}

/** Waits until an element and all below it have rendered what they know, and what observers tell them of the page. */
export async function rendered(root: Element | Document = document): Promise<void> {
  // Observers of nodes have called back by then; those of the layout do so in a frame, before the next one.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (let all = [...litElements(root)]; all.length > 0; all = all.filter((element) => element.isUpdatePending)) {
    await Promise.all(all.map((element) => element.updateComplete));
  }
}

/**
 * Puts an element into the page, and waits until it has rendered. In the tests that are run on server-rendered elements,
 * a server renders its markup, the page takes it over, and then sets the properties.
 */
export async function fixture<E extends Element>(template: TemplateResult): Promise<E> {
  if (!globalThis.renderOnServer) return renderFixture<E>(template);
  // A document without a window: its elements are only markup, and keep what is assigned to them.
  const inert = document.implementation.createHTMLDocument('');
  render(template, inert.body, { creationScope: inert });
  const blueprint = [...inert.body.querySelectorAll('*')];
  const markup = inert.body.innerHTML.replaceAll(/<!--.*?-->/gs, '');
  const container = await renderFixture<HTMLElement>(html`<div></div>`);
  container.setHTMLUnsafe(await executeServerCommand<string, string>('render-on-server', markup));
  const element = container.firstElementChild as E;
  await rendered(container);
  for (const [index, target] of [...container.querySelectorAll('*')].entries()) {
    if (isLitElement(target)) Object.assign(target, blueprint[index]);
  }
  await rendered(container);
  return element;
}
