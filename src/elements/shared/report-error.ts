import { DigitErrorEvent } from '../events/digit-error-event.js';

/** Tells developers of a failure, in their own words; the user reads a sentence in the element. */
export function logError(element: Element, error: Error): void {
  // eslint-disable-next-line no-console -- It is what the console is for: the page shows no such text.
  console.error(`<${element.localName}>`, error);
}

/** Tells the page's program and its developers of a failure. */
export function reportError(element: Element, error: Error): void {
  logError(element, error);
  element.dispatchEvent(new DigitErrorEvent(error));
}
