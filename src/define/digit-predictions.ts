import { defineElement } from '../elements/shared/define-element.js';
import { DigitPredictions } from '../elements/digit-predictions/digit-predictions.js';

defineElement('digit-predictions', DigitPredictions);
