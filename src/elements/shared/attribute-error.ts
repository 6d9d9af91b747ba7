import { describeValue } from '../../drawing/index.js';

/**
 * What is wrong, for programs.
 *
 * - `invalid-attribute`: an attribute, or the property of the same name, has a value that it cannot have
 * - `invalid-value`: a property was set to something that it cannot have, as the value of the control to no number; it
 *   stays as it was
 */
export type AttributeErrorCode = 'invalid-attribute' | 'invalid-value';

/** An attribute has a value that its element does not support. The message names the attribute, its value and what is allowed. */
export class AttributeError extends Error {
  override readonly name = 'AttributeError';
  /** What it was given, in words where that is no string. */
  readonly value: string;

  constructor(
    readonly code: AttributeErrorCode,
    /** Name of the attribute. */
    readonly attribute: string,
    given: unknown,
    allowed: string,
  ) {
    super(`The attribute ${attribute} is ${describeValue(given)}; it can be ${allowed}.`);
    this.value = typeof given === 'string' ? given : describeValue(given);
  }
}
