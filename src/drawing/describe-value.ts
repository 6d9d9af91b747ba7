/** Longer texts are cut in messages. */
const LONGEST_TEXT = 60;

/** A value in the words of an error message, whatever it is: hostile objects can throw when they are looked at. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    return `an object of type ${value.constructor?.name || 'unknown'}`;
  } catch {
    return 'an object that cannot be read';
  }
}
