import { fixture as renderFixture } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { html, render, type LitElement, type TemplateResult } from 'lit';

declare global {
  /** Whether the tests' elements are server-rendered first, and then hydrated. */
  var renderOnServer: boolean | undefined;
}

const isLitElement = (element: Element): element is LitElement => 'updateComplete' in element;

/** The Lit elements of a tree, including shadow trees. */
function* litElements(root: Element | ShadowRoot | Document): Iterable<LitElement> {
  if (root instanceof Element && isLitElement(root)) yield root;
  if (root instanceof Element && root.shadowRoot) yield* litElements(root.shadowRoot);
  for (const element of root.querySelectorAll('*')) {
    if (element !== root && isLitElement(element)) yield* litElements(element);
  }
}

/**
 * Waits until an element and its descendants have rendered, including anything that observers report about the page.
 */
export async function rendered(root: Element | Document = document): Promise<void> {
  // Mutation observers have been called by then; layout observers are called in a frame, before the next one.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (let all = [...litElements(root)]; all.length > 0; all = all.filter((element) => element.isUpdatePending)) {
    await Promise.all(all.map((element) => element.updateComplete));
  }
}

/**
 * Adds an element to the page, and waits until it has rendered. In tests on server-rendered elements, a server renders
 * its markup, the page hydrates it, and then sets the properties.
 */
export async function fixture<E extends Element>(template: TemplateResult): Promise<E> {
  if (!globalThis.renderOnServer) return renderFixture<E>(template);
  // A document without a window: its elements are not upgraded, and keep properties assigned to them.
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
