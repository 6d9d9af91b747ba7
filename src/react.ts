import {
  createElement,
  useSyncExternalStore,
  type FunctionComponent,
  type HTMLAttributes,
  type RefAttributes,
} from 'react';
import './define.js';
import type { ElementEvents, ElementProperties, Elements } from './element-types.js';

type Tag = keyof Elements;

/** `digit-recognition` as a React property: `onDigitRecognition`. */
type HandlerName<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${HandlerName<Rest>}`
  : Capitalize<Name>;

/** Typed handlers by their React names, such as `onDigitRecognition`. */
type Handlers<Events> = {
  [Name in keyof Events & string as `on${HandlerName<Name>}`]?: (event: Events[Name]) => void;
};

/** Typed handlers by event name, such as `ondigit-recognition`, as React supports on custom elements. */
type NativeHandlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void;
};

/** A tag's JSX properties: those of every element, and its own. */
type Properties<Name extends Tag> = Omit<HTMLAttributes<Elements[Name]>, keyof ElementProperties<Elements[Name]>> &
  ElementProperties<Elements[Name]> &
  RefAttributes<Elements[Name]>;

const noChanges = () => () => {};

/** Objects that React itself handles, also on servers. */
const ownObjects = ['children', 'dangerouslySetInnerHTML', 'ref', 'style'];

/** Properties whose attributes have other names. */
const otherAttributes = ['alwaysAnswer', 'defaultValue', 'htmlFor'];

/** Wraps a tag in a component whose event handlers have React-style names. `events` must list all events. */
function component<Name extends Tag>(
  tag: Name,
  events: Record<keyof ElementEvents[Name] & string, true>,
): FunctionComponent<Properties<Name> & Handlers<ElementEvents[Name]>> {
  const names = new Map(
    Object.keys(events).map((event) => [`on-${event}`.replace(/-./g, ([, letter]) => letter.toUpperCase()), event]),
  );
  /** React neither renders these on a server nor sets them while hydrating (19.3), but when they appear later. */
  const isLate = ([name, value]: [string, unknown]): boolean =>
    names.has(name) || otherAttributes.includes(name) || (typeof value === 'object' && !ownObjects.includes(name));
  return (properties) => {
    const hydrated = useSyncExternalStore(
      noChanges,
      () => true,
      () => false,
    );
    const entries = Object.entries(properties).filter((entry) => hydrated || !isLate(entry));
    return createElement(
      tag,
      Object.fromEntries(entries.map(([name, value]) => [names.has(name) ? `on${names.get(name)!}` : name, value])),
    );
  };
}

/** `<digit-recognizer>` for React 19 and newer; registers the tag. */
export const DigitRecognizer = component('digit-recognizer', {
  'digit-recognition': true,
  'digit-correction': true,
  'digit-learned': true,
  'digit-status': true,
  'digit-error': true,
});

/** `<digit-pad>` for React 19 and newer; registers the tag. */
export const DigitPad = component('digit-pad', { 'digit-ink': true, 'digit-typed': true });

/** `<digit-preview>` for React 19 and newer; registers the tag. */
export const DigitPreview = component('digit-preview', {});

/** `<digit-predictions>` for React 19 and newer; registers the tag. */
export const DigitPredictions = component('digit-predictions', {});

declare module 'react' {
  // Required: JSX types are merged into this namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'digit-recognizer': Properties<'digit-recognizer'> & NativeHandlers<ElementEvents['digit-recognizer']>;
      'digit-pad': Properties<'digit-pad'> & NativeHandlers<ElementEvents['digit-pad']>;
      'digit-preview': Properties<'digit-preview'>;
      'digit-predictions': Properties<'digit-predictions'>;
    }
  }
}
