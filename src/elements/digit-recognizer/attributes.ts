import { catalog, isModelName, isModelUrl } from '../../model/index.js';
import { AttributeError } from '../shared/attribute-error.js';

/** Most digits in a value: more than fit on any pad, fewer than would slow a page down. */
const LONGEST_VALUE = 64;

const BACKENDS = ['auto', 'webgpu', 'wasm'];
const LOADING = ['eager', 'lazy'];

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

/** Returns what is wrong with the attributes that configure a recognizer; null if nothing is. */
export function attributeFault({
  model,
  backend,
  loading,
}: {
  readonly model: unknown;
  readonly backend: unknown;
  readonly loading: unknown;
}): AttributeError | null {
  if (!(typeof model === 'string' && (isModelName(model) || isModelUrl(model)))) {
    const allowed = `one of ${quoted(Object.keys(catalog))}, or the URL of an .onnx file`;
    return new AttributeError('invalid-attribute', 'model', model, allowed);
  }
  if (!BACKENDS.includes(backend as string)) {
    return new AttributeError('invalid-attribute', 'backend', backend, `one of ${quoted(BACKENDS)}`);
  }
  if (!LOADING.includes(loading as string)) {
    return new AttributeError('invalid-attribute', 'loading', loading, `one of ${quoted(LOADING)}`);
  }
  return null;
}

/** Returns the digits of a value; null for anything but digits. */
export function digitsOfValue(value: unknown): readonly number[] | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : value == null ? '' : null;
  if (text === null) return null;
  return /^[0-9]*$/.test(text) && text.length <= LONGEST_VALUE ? [...text].map(Number) : null;
}

/**
 * Returns a value that a page sets.
 *
 * @throws {AttributeError} `invalid-value` for anything but digits
 */
export function checkValue(value: unknown): string {
  const digits = digitsOfValue(value);
  if (digits) return digits.join('');
  throw new AttributeError('invalid-value', 'value', value, `up to ${LONGEST_VALUE} digits from 0 to 9, or ""`);
}
