import type { Locale } from '../../messages/index.js';
import { formatWhole } from '../shared/number-formats.js';
import { typedDigit } from '../shared/typed-digit.js';
import type { KeyboardPen } from './keyboard-pen.js';
import type { PadStore } from './pad-store.js';
import type { PointerPen } from './pointer-pen.js';

/** What the commands of a pad need from it. */
export interface PadCommandsHost {
  readonly store: () => PadStore;
  readonly enabled: () => boolean;
  readonly pointerPen: PointerPen;
  readonly keyboardPen: KeyboardPen;
  readonly locale: Locale;
  /** Announces something to screen readers. */
  readonly announce: (text: string) => void;
  /** Notifies the page of a typed digit. Returns whether the page accepts it. */
  readonly typed: (digit: number) => boolean;
}

/** Everything a user can do on a pad besides drawing, by key or button. */
export class PadCommands {
  readonly #host: PadCommandsHost;

  constructor(host: PadCommandsHost) {
    this.#host = host;
  }

  /** Handles a key pressed on the surface. */
  readonly key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (this.shortcut(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#press(event)) event.preventDefault();
  };

  /** Handles a key pressed on the surface or a button. Returns whether it had an effect. */
  readonly shortcut = (event: KeyboardEvent): boolean => {
    if (!this.#host.enabled() || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
    // On keyboards without Latin letters, the place of the key counts.
    const key = (event.key > '~' ? event.code.replace('Key', '') : event.key).toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) this.redo();
    else if (key === 'z') this.undo();
    else return false;
    event.preventDefault();
    return true;
  };

  readonly undo = (): void => {
    const { store, announce, locale } = this.#host;
    if (!store().ink.snapshot.canUndo) return;
    store().undo('user');
    announce(locale.messages.undone(this.#strokeCount));
  };

  readonly redo = (): void => {
    const { store, announce, locale } = this.#host;
    if (!store().ink.snapshot.canRedo) return;
    store().redo('user');
    announce(locale.messages.redone(this.#strokeCount));
  };

  readonly clear = (): void => {
    const { store, announce, locale } = this.#host;
    store().clear('user');
    announce(locale.messages.cleared);
  };

  /** Returns whether the key had an effect. */
  #press(event: KeyboardEvent): boolean {
    const { store, pointerPen, keyboardPen, typed } = this.#host;
    const { key } = event;
    if (pointerPen.active) {
      if (key === 'Escape') pointerPen.lift();
      return key === 'Escape';
    }
    // As in a text field, on a readonly pad, too.
    if (key === 'Enter' && !event.repeat && !store().snapshot.disabled) return this.#submit();
    if (!this.#host.enabled()) return false;
    if (keyboardPen.press(event)) return true;
    const { empty, picture, removable } = store().snapshot;
    if (key === 'Escape' && (event.repeat || !empty)) {
      // A key that is held has already done something else, such as lifting the pen.
      if (!event.repeat) this.clear();
      return true;
    }
    if (key === 'Backspace' && !empty) {
      // It deletes the typed digit, over a drawing or a picture, too; else the picture, or a digit without ink.
      const drawn = store().ink.snapshot.strokes.length > 0;
      const isTyped = removable?.by === 'typed';
      if (drawn && !isTyped) return false;
      if (picture && !isTyped) this.clear();
      else store().correct(null);
      return true;
    }
    const digit = typedDigit(key);
    if (digit === null || !typed(digit)) return false;
    store().correct(digit, 'typed');
    return true;
  }

  /** Submits the form, as Enter does in a text field; while the pen is down, lifts it instead. */
  #submit(): boolean {
    const { store, keyboardPen } = this.#host;
    const { submit } = store();
    if (keyboardPen.down) keyboardPen.lift();
    else submit?.();
    return submit !== undefined;
  }

  get #strokeCount(): string {
    return formatWhole(this.#host.locale.language, this.#host.store().ink.snapshot.strokes.length);
  }
}
