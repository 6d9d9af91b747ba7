import { describeValue } from './describe-value.js';

/** Reads some properties of an untrusted value, each once. Null if it is not an object or cannot be read. */
export function readParts<Whole extends object>(
  value: Whole | null | undefined,
  names: readonly (keyof Whole & string)[],
): Partial<Whole> | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    return Object.fromEntries(names.map((name) => [name, value[name]])) as Partial<Whole>;
  } catch {
    return null;
  }
}

/** Duck-types a value by a method, which also accepts values from another realm or another copy of this package. */
export const hasMethod = (value: unknown, name: string): boolean =>
  typeof readParts(value as Readonly<Record<string, unknown>>, [name])?.[name] === 'function';

/**
 * Reads the options of a call.
 *
 * @param names of the options
 * @param Failure class of the error
 * @param code of that error, thrown if the value is not an object or cannot be read
 */
export function readOptions<Options extends object, Code extends string>(
  options: Options | undefined,
  names: readonly (keyof Options & string)[],
  Failure: new (code: Code, message: string) => Error,
  code: Code,
): Partial<Options> {
  const read = options === undefined ? {} : readParts(options, names);
  if (read) return read;
  throw new Failure(code, `The argument options is ${describeValue(options)}; it can be an object, or left out.`);
}

/**
 * Checks an option of a call.
 *
 * @param Failure class of the error, thrown with the code `invalid-option` if the value does not fit
 * @param allowed what the option can be, in words
 */
export function checkOption(
  Failure: new (code: 'invalid-option', message: string) => Error,
  name: string,
  value: unknown,
  fits: boolean,
  allowed: string,
): void {
  if (fits) return;
  throw new Failure('invalid-option', `The option ${name} is ${describeValue(value)}; it can be ${allowed}.`);
}
