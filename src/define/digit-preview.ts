import { defineElement } from '../elements/shared/define-element.js';
import { DigitPreview } from '../elements/digit-preview/digit-preview.js';

defineElement('digit-preview', DigitPreview);
