import './define/digit-recognizer.js';

export type {} from './index.js';
