import './define/digit-recognizer.js';
