/**
 * Machine-readable reason of a failure.
 *
 * - `invalid-language`: the language is not a BCP 47 tag
 * - `invalid-table`: the table, or one of its messages, has the wrong type
 * - `network`: the table of a language could not be fetched
 */
export type MessagesErrorCode = 'invalid-language' | 'invalid-table' | 'network';

/** Messages could not be registered or fetched. The error message names what is wrong, its value and what is allowed. */
export class MessagesError extends RangeError {
  override readonly name = 'MessagesError';

  constructor(
    readonly code: MessagesErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
