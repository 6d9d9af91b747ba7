import { AttributeError } from './attribute-error.js';

/** Gives what a property is to be; throws for what it cannot be. */
type Check = (given: unknown, property: string) => unknown;

/**
 * Checks what a page sets a property to where it comes in, before anything is rendered of it. Stands before `@property`.
 *
 * The setter throws an {@link AttributeError} `invalid-value` for what the property cannot be, and it stays as it was.
 */
export function checked(check: Check) {
  return (prototype: object, name: string, accessor?: PropertyDescriptor): void => {
    const descriptor = accessor ?? Object.getOwnPropertyDescriptor(prototype, name)!;
    const { set } = descriptor as { readonly set: (this: unknown, given: unknown) => void };
    descriptor.set = function (given: unknown) {
      set.call(this, check(given, name));
    };
    // An accessor of the class is defined anew, with its changed descriptor, after all of its decorators.
    if (!accessor) Object.defineProperty(prototype, name, descriptor);
  };
}

/** For what is shown as text, or is a number: primitive values are converted where they are used, others here. */
export function text<Given>(given: Given, property: string): Given | string {
  if (given === null || !['object', 'function', 'symbol', 'bigint'].includes(typeof given)) return given;
  try {
    return `${given as string}`;
  } catch {
    throw new AttributeError('invalid-value', property, given, 'text');
  }
}

/** For data: `is` says whether it is of the kind that the property holds, and may throw where it cannot be read. */
export function data(is: (given: never) => boolean, allowed: string): Check {
  return (given, property) => {
    try {
      if (given === null || given === undefined || is(given as never)) return given;
    } catch {
      // It cannot be read.
    }
    throw new AttributeError('invalid-value', property, given, allowed);
  };
}

/** For a `<digit-recognizer>`, which may be defined later. */
export const element = data((given: Element) => given.nodeType === 1, 'an element, or null');
