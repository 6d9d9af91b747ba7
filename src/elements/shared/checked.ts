import { LitElement } from 'lit';
import { AttributeError } from './attribute-error.js';
import { logError } from './report-error.js';

/**
 * Returns the value for a property; throws if it is invalid.
 * @internal
 */
type Check = (given: unknown, property: string) => unknown;

/** Elements in their first update, which applies what was set before their tag was defined. */
const upgrading = new Set<unknown>();

/** An element whose properties are {@link checked}. */
export abstract class CheckedElement extends LitElement {
  protected override performUpdate(): void {
    if (!this.hasUpdated) upgrading.add(this);
    try {
      super.performUpdate();
    } finally {
      upgrading.delete(this);
    }
  }
}

/**
 * Validates what a page sets a property to, before any of it is rendered. Goes before `@property`.
 *
 * The setter throws an {@link AttributeError} `invalid-value` for an invalid value, and the property is left unchanged.
 * The error is logged instead if the value was set before the tag was defined: only Lit could catch it.
 *
 * @internal
 */
export function checked(check: Check) {
  return (prototype: object, name: string, accessor?: PropertyDescriptor): void => {
    const descriptor = accessor ?? Object.getOwnPropertyDescriptor(prototype, name)!;
    const { set } = descriptor as { readonly set: (this: unknown, given: unknown) => void };
    descriptor.set = function (given: unknown) {
      let value: unknown;
      try {
        value = check(given, name);
      } catch (error) {
        if (!upgrading.has(this)) throw error;
        return logError(this as Element, error as Error);
      }
      set.call(this, value);
    };
    // The changed descriptor of an accessor is applied after all of its decorators.
    if (!accessor) Object.defineProperty(prototype, name, descriptor);
  };
}

/**
 * For text and numbers: primitives are converted where they are used, other values here.
 * @internal
 */
export function text<Given>(given: Given, property: string): Given | string {
  if (given === null || !['object', 'function', 'symbol', 'bigint'].includes(typeof given)) return given;
  try {
    return `${given as string}`;
  } catch {
    throw new AttributeError('invalid-value', property, given, 'text');
  }
}

/**
 * For text that has a default, which null and undefined stand for: a removed attribute, a property not passed.
 * @internal
 */
export const textOr =
  (fallback: string): Check =>
  (given, property) =>
    text(given, property) ?? fallback;

/**
 * For data: `is` returns whether a value has the right type, and may throw if it cannot be read. Undefined stands for
 * null, as frameworks pass it for none.
 *
 * @internal
 */
export function data(is: (given: never) => boolean, allowed: string): Check {
  return (given, property) => {
    try {
      if (given === null || given === undefined || is(given as never)) return given ?? null;
    } catch {
      // The value cannot be read.
    }
    throw new AttributeError('invalid-value', property, given, allowed);
  };
}

/**
 * For a `<digit-recognizer>`, which may be defined later.
 * @internal
 */
export const element = data((given: Element) => given.nodeType === 1, 'an element, or null');
