import { describeValue } from '../../utils/index.js';

/**
 * Machine-readable reason of a failure.
 *
 * - `invalid-attribute`: an attribute, or the property of the same name, has an unsupported value
 * - `invalid-value`: a property was set to an unsupported value, such as `value` to anything but digits; it is left
 *   unchanged
 */
export type AttributeErrorCode = 'invalid-attribute' | 'invalid-value';

/** An attribute has an unsupported value. The message names the attribute, its value and what is allowed. */
export class AttributeError extends Error {
  override readonly name = 'AttributeError';
  /** The given value; a description if it is not a string. */
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
