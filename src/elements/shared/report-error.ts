import { DigitErrorEvent } from '../events/digit-error-event.js';

/** Logs a failure for developers; the user reads a sentence in the element. */
export function logError(element: Element, error: Error): void {
  // eslint-disable-next-line no-console -- Details for developers, which the page does not show.
  console.error(`<${element.localName}>`, error);
}

/** Reports a failure to the page's code and its developers. */
export function reportError(element: Element, error: Error): void {
  logError(element, error);
  element.dispatchEvent(new DigitErrorEvent(error));
}
