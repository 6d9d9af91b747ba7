export { en } from './en.js';
export type { Messages } from './messages.js';
