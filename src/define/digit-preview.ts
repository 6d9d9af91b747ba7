import { defineElement } from '../elements/define-element.js';
import { DigitPreview } from '../elements/digit-preview.js';

defineElement('digit-preview', DigitPreview);
