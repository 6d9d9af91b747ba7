import { fixture as renderFixture } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { html, render, type LitElement, type TemplateResult } from 'lit';

declare global {
  /** Whether the elements of the tests are rendered on a server first, and then taken over. */
  var renderOnServer: boolean | undefined;
}

const isLitElement = (element: Element): element is LitElement => 'updateComplete' in element;

/** Waits until an element and all below it, in their shadow trees too, have rendered. */
async function rendered(root: Element | ShadowRoot): Promise<void> {
  if (root instanceof Element && isLitElement(root)) await root.updateComplete;
  for (const element of root.querySelectorAll('*')) if (isLitElement(element)) await rendered(element);
  if (root instanceof Element && root.shadowRoot) await rendered(root.shadowRoot);
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
