import { defineElement } from '../elements/shared/define-element.js';
import { DigitPredictions } from '../elements/digit-predictions/digit-predictions.js';

defineElement('digit-predictions', DigitPredictions);

// Brings the types of the tag and its events to code that imports only this module.
export type {} from '../index.js';
