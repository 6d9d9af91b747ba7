import { defineElement } from '../elements/define-element.js';
import { DigitPad } from '../elements/digit-pad.js';

defineElement('digit-pad', DigitPad);
