import type { StrictInputType } from 'storybook/internal/types';
import { findElement, type Described } from './manifest.js';

const documented = ({ name, description }: Described, category: string, label = name): StrictInputType => ({
  name: label,
  description,
  control: false,
  table: { category },
});

const signature = (parameters: readonly Described[] = []): string =>
  `(${parameters.map(({ name }) => name.replace(/^\{.*\}$/s, 'options')).join(', ')})`;

/** What Storybook leaves out of an element's manifest: its methods, its states, and slots that are named as parts are. */
export function elementArgTypes(tag: string | undefined): Record<string, StrictInputType> {
  const { members = [], cssParts = [], cssStates = [], slots = [] } = findElement(tag) ?? {};
  const methods = members.filter(({ kind }) => kind === 'method');
  const hidden = slots.filter(({ name }) => name === '' || cssParts.some((part) => part.name === name));
  return Object.fromEntries([
    ...methods.map((each) => [each.name, documented(each, 'methods', each.name + signature(each.parameters))]),
    ...cssStates.map((each) => [`:state(${each.name})`, documented(each, 'custom states', `:state(${each.name})`)]),
    ...hidden.map((each) => [`slot ${each.name}`, documented(each, 'slots', each.name || '(no name)')]),
  ]) as Record<string, StrictInputType>;
}
