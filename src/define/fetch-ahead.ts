import { fetchAhead } from '../inference/index.js';

/**
 * The models of the tags that the page has when the script comes are fetched while the elements are made: on a cheap
 * phone that takes a tenth of a second. Imported before all that is defined.
 */
if (typeof globalThis.document?.querySelectorAll === 'function') {
  for (const tag of document.querySelectorAll('digit-recognizer:not([loading="lazy"])')) {
    fetchAhead(tag.getAttribute('model') ?? undefined);
  }
}
