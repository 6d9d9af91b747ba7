/**
 * What is wrong, for programs.
 *
 * - `invalid-attribute`: an attribute, or the property of the same name, has a value that it cannot have
 * - `invalid-value`: what was set as the value of the control is no number
 */
export type AttributeErrorCode = 'invalid-attribute' | 'invalid-value';

/** An attribute has a value that its element does not support. The message names the attribute, its value and what is allowed. */
export class AttributeError extends Error {
  override readonly name = 'AttributeError';

  constructor(
    readonly code: AttributeErrorCode,
    /** Name of the attribute. */
    readonly attribute: string,
    /** What it was given. */
    readonly value: string,
    allowed: string,
  ) {
    super(`The attribute ${attribute} is "${value}"; it can be ${allowed}.`);
  }
}
