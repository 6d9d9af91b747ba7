import type { ReactiveController, ReactiveElement } from 'lit';

/** What the controller needs from the control. */
export interface UserValidityHost {
  readonly form: () => HTMLFormElement | null;
  /** Whether an element is the control or a part of it, even one elsewhere. */
  readonly contains: (element: EventTarget | null) => boolean;
  /** Called when `shown` becomes true. */
  readonly changed: () => void;
}

const EVENTS = ['click', 'submit', 'invalid', 'focusin'] as const;

/** Whether an HTML field was queried for its validity without an attempt to submit its form. */
const isOnlyQueried = (field: Element): boolean =>
  field.matches('input, select, textarea') &&
  (field as HTMLInputElement).willValidate &&
  !field.matches(':is(:user-valid, :user-invalid)');

/** Whether a button or field submits its form; a button with a command does not, as its `type` tells. */
export const isSubmitButton = ({ type }: HTMLButtonElement | HTMLInputElement): boolean =>
  type === 'submit' || type === 'image';

/**
 * Whether to show the user that an entry is invalid, at the same moments as `:user-invalid` does for HTML's form
 * fields: after they have changed it and moved on, or after an attempt to submit the form, until the form is reset.
 * Calling `checkValidity()` or `reportValidity()` is not an attempt.
 *
 * When the browser blocks an attempt, a control receives only `invalid`, as it does for those calls. After a click on a
 * submit button it is an attempt. An attempt by a script is recognized by the focus, which the browser moves to the
 * first invalid field, unless a field in the same form shows that validity was only queried.
 */
export class UserValidity implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveElement;
  readonly #control: UserValidityHost;
  #root: EventTarget | null = null;
  #shown = false;
  #querying = false;
  /** The click on a submit button, during its task. */
  #click: Event | null = null;
  /** Whether a focus change would still mean an attempt, during the task of `invalid`. */
  #watchingFocus = false;

  /** Whether the user has changed something since the last reset. */
  edited = false;

  constructor(host: ReactiveElement, control: UserValidityHost) {
    this.#host = host;
    this.#control = control;
    host.addController(this);
  }

  get shown(): boolean {
    return this.#shown;
  }

  hostConnected(): void {
    // A form and its controls are in the same tree; `submit` and `invalid` do not leave it.
    this.#root = this.#host.getRootNode();
    for (const type of EVENTS) this.#root.addEventListener(type, this, true);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) this.#root?.removeEventListener(type, this, true);
  }

  /** The user has moved on to something else. */
  left(): void {
    if (this.edited) this.show();
  }

  /** Shows the user invalid entries from now on. */
  show(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.#control.changed();
  }

  reset(): void {
    this.edited = this.#shown = false;
  }

  /** Runs a query of validity that is not an attempt to submit. */
  query<Answer>(action: () => Answer): Answer {
    this.#querying = true;
    try {
      return action();
    } finally {
      this.#querying = false;
    }
  }

  handleEvent(event: Event): void {
    const form = this.#control.form();
    const target = event.target as HTMLInputElement;
    if (!form || this.#querying) return;
    if (event.type === 'click') {
      // A script may click on the document.
      const button = target instanceof Element ? target.closest<HTMLInputElement>('button, input') : null;
      if (button && isSubmitButton(button) && button.form === form) this.#rememberClick(event);
    } else if (event.type === 'submit') {
      if (target === (form as EventTarget)) this.show();
    } else if (event.type === 'invalid') {
      if (target.form !== form) return;
      // A button acts only after all listeners of its click have run.
      if (this.#click?.eventPhase === Event.NONE && !this.#click.defaultPrevented) this.show();
      else if (![...form.elements].some(isOnlyQueried)) this.#watchFocus();
    } else if (
      this.#watchingFocus &&
      (this.#control.contains(target) || (target.form === form && target.matches(':invalid')))
    ) {
      this.show();
    }
  }

  #rememberClick(click: Event): void {
    this.#click = click;
    setTimeout(() => (this.#click = null));
  }

  #watchFocus(): void {
    this.#watchingFocus = true;
    setTimeout(() => (this.#watchingFocus = false));
  }
}
