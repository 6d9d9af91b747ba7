/** What an element can keep to itself where the DOM knows no form-associated custom elements. */
class StandInInternals implements Partial<ElementInternals> {
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

  /** No form asks. */
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
 * The internals of an element. In the DOMs that unit tests of pages run in (jsdom, happy-dom) they lack most of what
 * browsers have: there the element keeps its states and validity to itself, and no form gets its value.
 */
export function internalsOf(host: HTMLElement): ElementInternals {
  const native = typeof host.attachInternals === 'function' ? host.attachInternals() : null;
  if (native && 'setFormValue' in native && native.states) return native;
  return new StandInInternals(host) as unknown as ElementInternals;
}
