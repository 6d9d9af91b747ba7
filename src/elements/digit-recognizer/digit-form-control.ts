import { LitElement } from 'lit';
import { checked, text } from '../shared/checked.js';
import { internalsOf } from '../shared/internals.js';
import { onServer } from '../shared/on-server.js';
import { property } from 'lit/decorators.js';
import type { InkSnapshot } from '../../drawing/index.js';
import type { Corrections } from '../../recognition/index.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { MessagesController } from '../shared/messages-controller.js';
import { RecognizerStore } from '../shared/recognizer-store.js';
import { setState } from '../shared/set-state.js';
import { checkValue, digitsOfValue } from './attributes.js';
import { readFormState, writeFormState } from './form-state.js';
import { inkValidity } from './ink-validity.js';
import { isSubmitButton, UserValidity } from './user-validity.js';

/**
 * What a `<digit-recognizer>` has in common with the controls of HTML: everything that a form, a label, a fieldset and a
 * page's script can ask of them. Its attributes are reflected at once, and what the form gets and what is valid follow
 * every change before anybody can ask.
 */
export abstract class FormControl extends LitElement {
  static readonly formAssociated = true;

  protected readonly internals = internalsOf(this);
  protected readonly hydration = new HydrationController(this);
  protected readonly messages = new MessagesController(this, this.hydration);
  protected readonly store = new RecognizerStore(
    () => this.#submit(),
    (to) => this.#left(to),
  );
  #formDisabled = false;
  #customValidity = '';
  readonly #user = new UserValidity(this, {
    form: () => this.form,
    holds: (element) => this.#holds(element),
    changed: () => this.#updateForm(),
  });
  #formState: string | null = null;
  /** What it was written from. */
  #keptState: readonly unknown[] = [];
  #reporting = false;
  #seen = this.store.snapshot;
  /** The values at the last `input` and `change`, whether these were dispatched or not. */
  #reported = { input: '', change: '' };

  constructor() {
    super();
    this.store.subscribe(() => this.#stateChanged());
    if (onServer) return;
    this.addEventListener('invalid', () => setState(this.internals, 'invalid', true));
    this.addEventListener('focusout', ({ relatedTarget }) => this.#left(relatedTarget));
  }

  /**
   * Name of the form value.
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
   * Whether the form asks for a digit.
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
   * Whether the control can be used.
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
   * The value before anything is drawn, and after the form was reset; '' for none. What is not made of digits counts as
   * none.
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
   * The digit that was read, or that the user has picked or typed instead; '' while there is none. While the pen is down
   * it is what was read so far; the form gets it when the pen is up and all of the ink has been read. While a picture is
   * decoded there is none.
   *
   * Set, it counts as the user's own word would, until something else is drawn; '' wipes the pad. Setting what it is
   * already changes nothing.
   *
   * @throws {AttributeError} `invalid-value` for what is not made of digits; all stays as it was
   */
  @property({ attribute: false, noAccessor: true })
  get value(): string {
    return this.store.snapshot.value;
  }

  set value(value: string) {
    const digits = checkValue(value);
    if (digits.join('') === this.value) return;
    if (digits.length > 0) this.store.set(digits);
    else this.store.clear();
  }

  /** `digit-recognizer`: what kind of control it is. */
  get type(): string {
    return this.localName;
  }

  /** The form it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** Why the value is not valid. */
  get validity(): ValidityState {
    return this.internals.validity;
  }

  /** What the user reads when the value is not valid, '' when it is. */
  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  /** Whether the form asks about its validity: not while it is disabled or readonly. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** The `<label>` elements that name it. */
  get labels(): NodeList {
    return this.internals.labels;
  }

  /**
   * Makes the value invalid for a reason of the page's own, until it is called with ''.
   *
   * @throws {AttributeError} `invalid-value` for what has no text
   */
  setCustomValidity(message: string): void {
    this.#customValidity = `${text(message, 'setCustomValidity()') ?? ''}`;
    this.#updateForm();
  }

  /** Whether the value is valid. */
  checkValidity(): boolean {
    return this.#user.ask(() => this.internals.checkValidity());
  }

  /** Whether the value is valid; shows the user why when it is not. */
  reportValidity(): boolean {
    return this.#user.ask(() => this.internals.reportValidity());
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

  /** The user comes back to a page that the browser has put away. What a browser would fill in is not theirs. */
  formStateRestoreCallback(state: string | File | FormData | null, mode: 'restore' | 'autocomplete'): void {
    const kept = mode === 'restore' && typeof state === 'string' ? readFormState(state) : null;
    if (!kept) return;
    this.configure();
    this.store.restore(kept.strokes, kept.frame, kept.corrections, kept.given);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'value') this.store.initial = digitsOfValue(value) ?? [];
    this.#attributesChanged();
  }

  protected override updated(): void {
    // The words may have come in another language.
    this.#updateForm();
  }

  protected override firstUpdated(): void {
    // The browser looks for what has autofocus once, perhaps before the tag was defined.
    const { activeElement } = this.ownerDocument;
    if (!this.hasAttribute('autofocus') || (activeElement && activeElement !== this.ownerDocument.body)) return;
    void this.updateComplete.then(() => this.focus());
  }

  /** Configures how the store reads, by the attributes. */
  protected abstract configure(): void;

  /** Notifies the page of changes other than that of the value. */
  protected abstract report(before: typeof this.store.snapshot, now: typeof this.store.snapshot): void;

  /** Whether it is disabled, by itself or by what it lies in. */
  protected get isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  /** Whether what was entered is shown to be invalid. */
  protected get isShownInvalid(): boolean {
    const said = this.getAttribute('aria-invalid');
    return said === null ? this.internals.states.has('user-invalid') : said !== 'false';
  }

  /** The pad that the user draws on; null where there is none. */
  protected get pad(): HTMLElement | null {
    const pads = [...this.store.pads];
    const own = pads.find((pad) => pad.getRootNode() === this.renderRoot);
    // The pad that it brings along is there, but not shown, where the page has put something in its place.
    const shown = own?.closest('slot')?.assignedNodes().length === 0 ? own : null;
    return pads.find((pad) => pad !== own) ?? shown;
  }

  /** Sets an attribute at once; where it is as it should be, says that it has changed. */
  #reflect(attribute: string, value: string | boolean | null): void {
    const before = typeof value === 'boolean' ? this.hasAttribute(attribute) : this.getAttribute(attribute);
    if (before === value) this.requestUpdate();
    else if (value === false || value === null) this.removeAttribute(attribute);
    else this.setAttribute(attribute, value === true ? '' : value);
  }

  #attributesChanged(): void {
    const { isDisabled: disabled, readOnly } = this;
    this.store.lend({ disabled, readOnly });
    this.requestUpdate();
    this.#updateForm();
  }

  #stateChanged(): void {
    if (this.store.snapshot.author === 'user') this.#user.edited = true;
    this.requestUpdate();
    this.#updateForm();
    this.#report();
  }

  #updateForm(): void {
    if (onServer) return;
    const { snapshot, ink } = this.store;
    const { value, settled, empty, multiple, corrections, given, picture, digits } = snapshot;
    // Of a picture, what was read is kept, and not its pixels.
    const kept = picture && settled && value !== '' ? digits.map(Number) : given;
    if (!ink.snapshot.drawing) this.#keep(ink.snapshot, corrections, kept);
    this.internals.setFormValue(settled ? value : '', this.#formState);
    const entry = { value, required: this.required, multiple, drawn: !empty, snapshot };
    const { flags, message } = inkValidity(entry, this.messages.table);
    const custom = this.#customValidity;
    const anchor = this.#anchor;
    this.internals.setValidity(
      { ...flags, customError: custom !== '' },
      custom || message,
      ...(anchor ? [anchor] : []),
    );
    if (this.validity.valid) setState(this.internals, 'invalid', false);
    setState(this.internals, 'user-invalid', this.#user.shown && !this.validity.valid && this.willValidate);
  }

  /** Writes down what the browser keeps while the page is away, where it is something new. */
  #keep(ink: InkSnapshot, corrections: Corrections, given: readonly number[] | null): void {
    const state = [ink.strokes, corrections, given?.join('')];
    if (state.every((part, index) => part === this.#keptState[index])) return;
    this.#keptState = state;
    this.#formState = writeFormState({ ...ink, corrections, given });
  }

  /** Where the browser shows what is not valid: at the pad, or at what passes the focus on to it. */
  get #anchor(): HTMLElement | null {
    const { pad } = this;
    for (let node: Node | null = pad; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
      if (node === this) return pad;
    }
    return this.renderRoot?.querySelector<HTMLElement>('.focus-proxy') ?? null;
  }

  /** Notifies the page of what has changed since the last notification. A change that a listener makes is reported next. */
  #report(): void {
    if (this.#reporting) return;
    this.#reporting = true;
    while (this.#seen !== this.store.snapshot) {
      const before = this.#seen;
      this.#seen = this.store.snapshot;
      this.report(before, this.#seen);
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

  /** The focus has moved on, perhaps out of all parts. */
  #left(to: EventTarget | null): void {
    if (!this.#holds(to)) this.#user.left();
  }

  #holds(element: EventTarget | null): boolean {
    return element instanceof Node && [this, ...this.store.pads].some((part) => part.contains(element));
  }

  /** As Enter in a text field does: by the form's first button that sends it, if it has any. */
  #submit(): void {
    const button = [...(this.form?.elements ?? [])].find(isSubmitButton);
    if (button) return button.click();
    this.#user.show();
    this.form?.requestSubmit();
  }
}
