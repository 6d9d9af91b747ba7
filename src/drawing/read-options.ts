import { describeValue } from './describe-value.js';

/**
 * The options of a call, each read once: a page may give anything in their place.
 *
 * @param names of the options
 * @param Failure class of the error
 * @param code of that error, where the value is no object, or cannot be read
 */
export function readOptions<Options extends object, Code extends string>(
  options: Options | undefined,
  names: readonly (keyof Options & string)[],
  Failure: new (code: Code, message: string, options?: { cause?: unknown }) => Error,
  code: Code,
): Partial<Options> {
  let cause: unknown;
  try {
    if (options === undefined) return {};
    if (typeof options === 'object' && options !== null) {
      return Object.fromEntries(names.map((name) => [name, options[name]])) as Partial<Options>;
    }
  } catch (thrown) {
    cause = thrown;
  }
  const message = `The argument options is ${describeValue(options)}; it can be an object, or left out.`;
  throw new Failure(code, message, { cause });
}
