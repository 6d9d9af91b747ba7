import { defineElement } from '../elements/shared/define-element.js';
import { DigitPreview } from '../elements/digit-preview/digit-preview.js';

defineElement('digit-preview', DigitPreview);

// Brings the types of the tag and its events to code that imports only this module.
export type {} from '../index.js';
