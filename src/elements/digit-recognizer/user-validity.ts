import type { ReactiveController, ReactiveElement } from 'lit';

/** What is known of the control. */
export interface UserValidityHost {
  readonly form: () => HTMLFormElement | null;
  /** Whether an element is the control, or a part of it elsewhere. */
  readonly holds: (element: EventTarget | null) => boolean;
  /** Is called when `told` has become true. */
  readonly changed: () => void;
}

const EVENTS = ['click', 'submit', 'invalid', 'focusin'] as const;

/** Whether it is a field of HTML that was asked for its validity, while nobody tried to send its form. */
const isOnlyAsked = (field: Element): boolean =>
  field.matches('input, select, textarea') &&
  (field as HTMLInputElement).willValidate &&
  !field.matches(':is(:user-valid, :user-invalid)');

export const isSubmitButton = (element: Element | null): element is HTMLButtonElement | HTMLInputElement =>
  element?.matches('button:not([type=button], [type=reset]), input:is([type=submit], [type=image])') ?? false;

/**
 * Whether the user is to be told that an entry is not valid, as `:user-invalid` tells of the fields of HTML: once they
 * have changed it and gone on, or somebody has tried to send the form, until the form is reset. Asking, by
 * `checkValidity()` or `reportValidity()`, is no attempt.
 *
 * Of an attempt that is held back, a control hears nothing but `invalid`, as of asking. What follows a click on a button
 * that sends is an attempt. An attempt by a script is told by the focus, which the browser moves to what is not valid,
 * unless a field in the same form shows that it was only asked.
 */
export class UserValidity implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveElement;
  readonly #from: UserValidityHost;
  #root: EventTarget | null = null;
  #told = false;
  #asking = false;
  /** The click on a button that sends the form, while its task goes on. */
  #click: Event | null = null;
  /** Whether the focus may still tell of an attempt, while the task of `invalid` goes on. */
  #watching = false;

  /** Whether the user has changed something since the last reset. */
  edited = false;

  constructor(host: ReactiveElement, from: UserValidityHost) {
    this.#host = host;
    this.#from = from;
    host.addController(this);
  }

  get told(): boolean {
    return this.#told;
  }

  hostConnected(): void {
    // A form and its controls are in the same tree; `submit` and `invalid` do not leave it.
    this.#root = this.#host.getRootNode();
    for (const type of EVENTS) this.#root.addEventListener(type, this, true);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) this.#root?.removeEventListener(type, this, true);
  }

  /** The user has gone on to something else. */
  left(): void {
    if (this.edited) this.tell();
  }

  /** Tells the user from now on. */
  tell(): void {
    if (this.#told) return;
    this.#told = true;
    this.#from.changed();
  }

  reset(): void {
    this.edited = this.#told = false;
  }

  /** Asks a question that is no attempt to send. */
  ask<Answer>(question: () => Answer): Answer {
    this.#asking = true;
    try {
      return question();
    } finally {
      this.#asking = false;
    }
  }

  handleEvent(event: Event): void {
    const form = this.#from.form();
    const target = event.target as HTMLInputElement;
    if (!form || this.#asking) return;
    if (event.type === 'click') {
      // A script may click on the document.
      const button = target instanceof Element ? target.closest<HTMLInputElement>('button, input') : null;
      if (isSubmitButton(button) && button.form === form) this.#hear(event);
    } else if (event.type === 'submit') {
      if (target === (form as EventTarget)) this.tell();
    } else if (event.type === 'invalid') {
      if (target.form !== form) return;
      // Until a click has been heard by all, its button has done nothing.
      if (this.#click?.eventPhase === Event.NONE && !this.#click.defaultPrevented) this.tell();
      else if (![...form.elements].some(isOnlyAsked)) this.#watch();
    } else if (this.#watching && (this.#from.holds(target) || (target.form === form && target.matches(':invalid')))) {
      this.tell();
    }
  }

  #hear(click: Event): void {
    this.#click = click;
    setTimeout(() => (this.#click = null));
  }

  #watch(): void {
    this.#watching = true;
    setTimeout(() => (this.#watching = false));
  }
}
