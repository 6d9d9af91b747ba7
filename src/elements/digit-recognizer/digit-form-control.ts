import { property } from 'lit/decorators.js';
import type { InkSnapshot } from '../../drawing/index.js';
import { NO_CORRECTIONS, type RecognitionSnapshot } from '../../recognition/index.js';
import { checked, CheckedElement, text } from '../shared/checked.js';
import { internalsOf } from '../shared/internals.js';
import { onServer } from '../shared/on-server.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { LocaleController } from '../shared/locale-controller.js';
import { RecognizerStore } from '../shared/recognizer-store.js';
import { setState } from '../shared/set-state.js';
import { checkValue, digitsOfValue } from './attributes.js';
import { readFormState, writeFormState } from './form-state.js';
import { inkValidity } from './ink-validity.js';
import { isSubmitButton, UserValidity } from './user-validity.js';

/**
 * What a `<digit-recognizer>` shares with HTML's form controls: everything that a form, a label, a fieldset and a
 * page's script expect of them. Attributes are reflected synchronously, and form value and validity follow every change
 * before they can be read.
 */
export abstract class DigitFormControl extends CheckedElement {
  static readonly formAssociated = true;

  /** @internal */
  protected readonly internals = internalsOf(this);
  /** @internal */
  protected readonly hydration = new HydrationController(this);
  /** @internal */
  protected readonly locale = new LocaleController(this, this.hydration);
  /** @internal */
  protected readonly store = new RecognizerStore(
    () => this.#submit(),
    (to) => this.#handleFocusOut(to),
  );
  #formDisabled = false;
  #customValidity = '';
  readonly #user = new UserValidity(this, {
    form: () => this.form,
    contains: (element) => this.#containsPart(element),
    changed: () => this.#updateForm(),
  });
  #formState: string | null = null;
  /** The values that `#formState` was written from. */
  #savedState: readonly unknown[] = [];
  #reporting = false;
  #lastSnapshot = this.store.snapshot;
  /** The values at the last `input` and `change`, whether or not these were dispatched. */
  #reported = { input: '', change: '' };

  constructor() {
    super();
    this.store.subscribe(() => this.#stateChanged());
    if (onServer) return;
    this.addEventListener('invalid', () => setState(this.internals, 'invalid', true));
    this.addEventListener('focusout', ({ relatedTarget }) => this.#handleFocusOut(relatedTarget));
  }

  /**
   * Name under which the form submits the value.
   * @default ''
   */
  @checked(text)
  @property({ noAccessor: true })
  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  set name(name: string) {
    this.#reflect('name', name ?? null);
  }

  /**
   * Whether the form requires a digit.
   * @default false
   */
  @property({ type: Boolean, noAccessor: true })
  get required(): boolean {
    return this.hasAttribute('required');
  }

  set required(required: boolean) {
    this.#reflect('required', Boolean(required));
  }

  /**
   * Whether the control is disabled.
   * @default false
   */
  @property({ type: Boolean, noAccessor: true })
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled: boolean) {
    this.#reflect('disabled', Boolean(disabled));
  }

  /**
   * Whether the ink is shown but cannot be changed.
   * @default false
   */
  @property({ type: Boolean, attribute: 'readonly', noAccessor: true })
  get readOnly(): boolean {
    return this.hasAttribute('readonly');
  }

  set readOnly(readOnly: boolean) {
    this.#reflect('readonly', Boolean(readOnly));
  }

  /**
   * The value before anything is drawn and after a form reset; `''` for none. Anything but digits counts as none.
   * @default ''
   */
  @checked(text)
  @property({ attribute: 'value', noAccessor: true })
  get defaultValue(): string {
    return this.getAttribute('value') ?? '';
  }

  set defaultValue(value: string) {
    this.#reflect('value', value ?? null);
  }

  /**
   * The recognized digit, or the one that the user picked or typed instead; `''` if there is none. During a stroke it
   * is provisional: the form gets it once the pen is up and all ink has been read. While a picture is decoded it is
   * `''`.
   *
   * A value that is set counts as if the user had entered it, until something else is drawn; `''` clears the pad.
   * Setting the current value has no effect.
   *
   * @throws {AttributeError} `invalid-value` for anything but digits; nothing changes
   */
  @checked(checkValue)
  @property({ attribute: false, noAccessor: true })
  get value(): string {
    return this.store.snapshot.value;
  }

  set value(value: string) {
    if (value === this.value) return;
    if (value) this.store.set([...value].map(Number));
    else this.store.clear();
  }

  /** The kind of control: `digit-recognizer`. */
  get type(): string {
    return this.localName;
  }

  /** The form it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** The validity of the value. */
  get validity(): ValidityState {
    return this.internals.validity;
  }

  /** The message for the user if the value is invalid, else `''`. */
  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  /** Whether the form validates the control: not while it is disabled or read-only. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** The `<label>` elements of the control. */
  get labels(): NodeList {
    return this.internals.labels;
  }

  /**
   * Makes the value invalid with a custom message, until called with `''`.
   *
   * @throws {AttributeError} `invalid-value` if `message` cannot be converted to a string
   */
  setCustomValidity(message: string): void {
    this.#customValidity = `${text(message, 'setCustomValidity()') ?? ''}`;
    this.#updateForm();
  }

  /** Returns whether the value is valid. */
  checkValidity(): boolean {
    return this.#user.query(() => this.internals.checkValidity());
  }

  /** Returns whether the value is valid; if not, shows the user why. */
  reportValidity(): boolean {
    return this.#user.query(() => this.internals.reportValidity());
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.#attributesChanged();
  }

  formResetCallback(): void {
    this.#user.reset();
    setState(this.internals, 'invalid', false);
    this.store.reset();
  }

  /**
   * Restores the state when the user returns to a page that was unloaded. Ignores autofill, since it is not what the
   * user entered.
   */
  formStateRestoreCallback(state: string | File | FormData | null, mode: 'restore' | 'autocomplete'): void {
    const saved = mode === 'restore' && typeof state === 'string' ? readFormState(state) : null;
    if (!saved) return;
    this.configure();
    this.store.restore(saved.strokes, saved.frame, saved.corrections, saved.given);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'value') this.store.initial = digitsOfValue(value) ?? [];
    this.#attributesChanged();
  }

  protected override updated(): void {
    // The language of the messages may have changed.
    this.#updateForm();
  }

  protected override firstUpdated(): void {
    // The browser processes `autofocus` only once, perhaps before the tag was defined.
    const { activeElement } = this.ownerDocument;
    if (!this.hasAttribute('autofocus') || (activeElement && activeElement !== this.ownerDocument.body)) return;
    void this.updateComplete.then(() => this.focus());
  }

  /**
   * Configures the store from the attributes.
   * @internal
   */
  protected abstract configure(): void;

  /**
   * Notifies the page of changes other than that of the value.
   * @internal
   */
  protected abstract report(before: RecognitionSnapshot, now: RecognitionSnapshot): void;

  /**
   * Whether it is disabled, by itself or by a fieldset.
   * @internal
   */
  protected get isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  /** Whether the value is shown as invalid. */
  get #isShownInvalid(): boolean {
    const ariaInvalid = this.getAttribute('aria-invalid');
    // Like null, '' is the default of ARIA's states.
    return ariaInvalid ? ariaInvalid !== 'false' : this.internals.states.has('user-invalid');
  }

  /**
   * The pad that the user draws on; null if there is none.
   * @internal
   */
  protected get pad(): HTMLElement | null {
    const pads = [...this.store.pads];
    const own = pads.find((pad) => pad.getRootNode() === this.renderRoot);
    // A built-in pad that the page has replaced exists but is not shown.
    const shown = own?.closest('slot')?.assignedNodes().length === 0 ? own : null;
    return pads.find((pad) => pad !== own) ?? shown;
  }

  /** Sets an attribute synchronously; if it has the value already, only requests an update. */
  #reflect(attribute: string, value: string | boolean | null): void {
    const before = typeof value === 'boolean' ? this.hasAttribute(attribute) : this.getAttribute(attribute);
    if (before === value) this.requestUpdate();
    else if (value === false || value === null) this.removeAttribute(attribute);
    else this.setAttribute(attribute, value === true ? '' : value);
  }

  #attributesChanged(): void {
    const { isDisabled: disabled, readOnly } = this;
    this.store.setPartSettings({ disabled, readOnly });
    this.requestUpdate();
    this.#updateForm();
  }

  #stateChanged(): void {
    const { author, pristine } = this.store.snapshot;
    // A stroke may be discarded, and then counts as never started.
    if (author === 'user' && !pristine && !this.store.ink.snapshot.drawing) this.#user.edited = true;
    this.requestUpdate();
    this.#updateForm();
    this.#report();
  }

  #updateForm(): void {
    if (onServer) return;
    const { snapshot, ink } = this.store;
    const { value, settled, empty, multiple } = snapshot;
    if (!ink.snapshot.drawing) this.#saveState(ink.snapshot, snapshot);
    this.internals.setFormValue(settled ? value : '', this.#formState);
    const entry = { value, required: this.required, multiple, drawn: !empty, snapshot };
    const { flags, message } = inkValidity(entry, this.locale.messages);
    const custom = this.#customValidity;
    const anchor = this.#anchor;
    this.internals.setValidity(
      { ...flags, customError: custom !== '' },
      // A page may register an empty message, but an invalid control must have one.
      custom || message || ' ',
      ...(anchor ? [anchor] : []),
    );
    const isInvalid = this.willValidate && !this.validity.valid;
    if (!isInvalid) setState(this.internals, 'invalid', false);
    setState(this.internals, 'user-invalid', isInvalid && this.#user.shown);
    this.store.setPartSettings({ invalid: this.#isShownInvalid });
  }

  /**
   * Updates the state that the browser restores, if it has changed. An untouched control has none: the page may come
   * back with another default.
   */
  #saveState(ink: InkSnapshot, snapshot: RecognitionSnapshot): void {
    const { pristine, picture, settled, value, digits } = snapshot;
    // Of a picture, its digits are saved, not its pixels, and nothing until all of them are known.
    const read = settled && value !== '' ? digits.map(Number) : null;
    const { corrections, given } = picture ? { corrections: NO_CORRECTIONS, given: read } : snapshot;
    const state = [ink.strokes, corrections, given?.join(''), pristine];
    if (state.every((part, index) => part === this.#savedState[index])) return;
    this.#savedState = state;
    this.#formState = pristine ? null : writeFormState({ ...ink, corrections, given });
  }

  /** Where the browser shows the validation message: at the pad, or at the element that forwards focus to it. */
  get #anchor(): HTMLElement | null {
    const { pad } = this;
    for (let node: Node | null = pad; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
      if (node === this) return pad;
    }
    return this.renderRoot?.querySelector<HTMLElement>('.focus-proxy') ?? null;
  }

  /** Notifies the page of changes since the last notification. Changes that a listener makes are reported next. */
  #report(): void {
    if (this.#reporting) return;
    this.#reporting = true;
    while (this.#lastSnapshot !== this.store.snapshot) {
      const before = this.#lastSnapshot;
      this.#lastSnapshot = this.store.snapshot;
      this.report(before, this.#lastSnapshot);
      this.#reportValue();
    }
    this.#reporting = false;
  }

  /** Like a native control, dispatches `input` and `change` for what the user does, not for what a page sets. */
  #reportValue(): void {
    const { value, author } = this.store.snapshot;
    if (value !== this.#reported.input) {
      this.#reported.input = value;
      if (author === 'user') this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    }
    const now = this.store.snapshot;
    if (!now.settled || now.value !== this.#reported.input || now.value === this.#reported.change) return;
    this.#reported.change = now.value;
    if (now.author === 'user') this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Called when the focus has moved, perhaps out of all parts. */
  #handleFocusOut(to: EventTarget | null): void {
    if (!this.#containsPart(to)) this.#user.left();
  }

  #containsPart(element: EventTarget | null): boolean {
    return (
      element instanceof Node && [this, ...this.store.pads, ...this.store.lists].some((part) => part.contains(element))
    );
  }

  /** Submits like Enter in a text field: through the form's first submit button, if it has any. */
  #submit(): void {
    const { form } = this;
    // The form's own list of its elements lacks image buttons.
    const buttons = form ? (form.getRootNode() as ParentNode).querySelectorAll<HTMLInputElement>('button, input') : [];
    const button = [...buttons].find((element) => isSubmitButton(element) && element.form === form);
    if (button) return button.click();
    this.#user.show();
    form?.requestSubmit();
  }
}
