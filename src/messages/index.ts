export { en } from './en.js';
export { loadMessages, registerMessages, subscribeToMessages, wordingFor, type Wording } from './languages.js';
export type { Messages } from './messages.js';
