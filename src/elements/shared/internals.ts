/** Internals for DOMs without form-associated custom elements. */
class FallbackInternals implements Partial<ElementInternals> {
  readonly states = new Set<string>() as unknown as CustomStateSet;
  readonly willValidate = true;
  readonly labels = [] as unknown as NodeList;
  validity = { valid: true } as ValidityState;
  validationMessage = '';
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  get form(): HTMLFormElement | null {
    return this.#host.closest('form');
  }

  /** Does nothing: no form asks for the value. */
  setFormValue(): void {}

  setValidity(flags: ValidityStateFlags, message = ''): void {
    this.validity = { ...flags, valid: !Object.values(flags).includes(true) } as ValidityState;
    this.validationMessage = this.validity.valid ? '' : message;
  }

  checkValidity(): boolean {
    return this.validity.valid || !this.#host.dispatchEvent(new Event('invalid', { cancelable: true }));
  }

  reportValidity(): boolean {
    return this.checkValidity();
  }
}

/**
 * Returns the internals of an element. Those in DOMs for unit tests (jsdom, happy-dom) lack most features of browsers:
 * there, a fallback keeps states and validity, and no form gets a value.
 */
export function internalsOf(host: HTMLElement): ElementInternals {
  const native = typeof host.attachInternals === 'function' ? host.attachInternals() : null;
  if (native && 'setFormValue' in native && native.states) return native;
  return new FallbackInternals(host) as unknown as ElementInternals;
}
