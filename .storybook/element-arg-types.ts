import type { StrictArgTypes, StrictInputType } from 'storybook/internal/types';
import { findElement, type Described, type Member } from './manifest.js';

/** Returns the names of the arguments: `(source, options)`. A destructured one is named by its type. */
const signature = ({ parameters = [] }: Member): string =>
  `(${parameters.map(({ name }) => (name.startsWith('{') ? 'options' : name)).join(', ')})`;

function propertyType({ name, description = '', attribute, type, default: initial }: Member): StrictInputType {
  const alias = attribute && attribute !== name ? ` As a property: \`${name}\`.` : '';
  return {
    name: attribute ?? name,
    description: description + alias,
    table: {
      category: attribute ? 'attributes' : 'properties',
      ...(type ? { type: { summary: type.text } } : {}),
      ...(initial ? { defaultValue: { summary: initial } } : {}),
    },
  };
}

function rows(
  category: string,
  all: readonly Described[] = [],
  label = (name: string): string => name,
): StrictArgTypes {
  return Object.fromEntries(
    all.map(({ name, description = '', default: initial }) => [
      // Parts, slots and properties may have the same name.
      `${category} ${name}`,
      {
        name: label(name),
        description,
        control: false,
        table: { category, ...(initial ? { defaultValue: { summary: initial } } : {}) },
      },
    ]),
  );
}

/**
 * Returns everything that the manifest contains about an element, for the table on its page. Storybook's own conversion
 * drops methods, states, and one of two entries with the same name.
 */
export function elementArgTypes(tag: string): StrictArgTypes | null {
  const element = findElement(tag);
  if (!element) return null;
  const members = element.members ?? [];
  const fields = members.filter(({ kind }) => kind === 'field');
  const methods = members.filter(({ kind }) => kind === 'method');
  return {
    ...Object.fromEntries(fields.filter(({ attribute }) => attribute).map((each) => [each.name, propertyType(each)])),
    // HTML attributes without a property of the element's own.
    ...rows(
      'attributes',
      element.attributes?.filter(({ fieldName }) => !fieldName),
    ),
    ...Object.fromEntries(fields.filter(({ attribute }) => !attribute).map((each) => [each.name, propertyType(each)])),
    ...rows(
      'methods',
      methods.map((each) => ({ ...each, name: each.name + signature(each) })),
    ),
    ...rows('events', element.events),
    ...rows('slots', element.slots, (name) => name || '(no name)'),
    ...rows('css shadow parts', element.cssParts),
    ...rows('css custom properties', element.cssProperties),
    ...rows('custom states', element.cssStates, (name) => `:state(${name})`),
  };
}
