/** The part of the compiler that runs in a page. */
export { recordModel } from './record.js';
export { verifyProgram } from './verify.js';
