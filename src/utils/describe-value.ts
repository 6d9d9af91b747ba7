/** Longer strings are truncated in messages. */
const LONGEST_TEXT = 60;

/** Describes any value for an error message. Never throws, though hostile objects may throw when inspected. */
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
