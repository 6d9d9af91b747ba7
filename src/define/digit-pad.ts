import { defineElement } from '../elements/shared/define-element.js';
import { DigitPad } from '../elements/digit-pad/digit-pad.js';

defineElement('digit-pad', DigitPad);
