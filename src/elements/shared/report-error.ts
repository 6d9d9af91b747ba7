import { DigitErrorEvent } from '../events/digit-error-event.js';

/** Logs a failure for developers; the user reads a sentence in the element. */
export function logError(element: Element, error: Error): void {
  // eslint-disable-next-line no-console -- It is what the console is for: the page shows no such text.
  console.error(`<${element.localName}>`, error);
}

/** Reports a failure to the page's code and its developers. */
export function reportError(element: Element, error: Error): void {
  logError(element, error);
  element.dispatchEvent(new DigitErrorEvent(error));
}
