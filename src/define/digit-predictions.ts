import { defineElement } from '../elements/define-element.js';
import { DigitPredictions } from '../elements/digit-predictions.js';

defineElement('digit-predictions', DigitPredictions);
