/**
 * What is wrong, for programs.
 *
 * - `invalid-language`: the language is no BCP 47 tag
 * - `invalid-table`: the table, or one of its words, is not of the kind that it has to be
 */
export type MessagesErrorCode = 'invalid-language' | 'invalid-table';

/** Words that cannot be registered. The message names what is wrong, its value and what is allowed. */
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
