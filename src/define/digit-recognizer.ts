import { defineElement } from '../elements/define-element.js';
import { DigitRecognizer } from '../elements/digit-recognizer.js';
import './digit-pad.js';
import './digit-predictions.js';
import './digit-preview.js';

defineElement('digit-recognizer', DigitRecognizer);
