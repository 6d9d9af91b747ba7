import { defineElement } from '../elements/shared/define-element.js';
import { DigitPad } from '../elements/digit-pad/digit-pad.js';

defineElement('digit-pad', DigitPad);

// Brings the types of the tag and its events to code that imports only this module.
export type {} from '../index.js';
