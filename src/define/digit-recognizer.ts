import './fetch-ahead.js';
import { defineElement } from '../elements/shared/define-element.js';
import { DigitRecognizer } from '../elements/digit-recognizer/digit-recognizer.js';
import './digit-pad.js';
import './digit-predictions.js';
import './digit-preview.js';

defineElement('digit-recognizer', DigitRecognizer);

// Brings the types of the tag and its events to code that imports only this module.
export type {} from '../index.js';
