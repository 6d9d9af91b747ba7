export { en } from './en.js';
export { loadMessages, registerMessages, subscribeToMessages, wordingFor, type Wording } from './languages.js';
export { MessagesError, type MessagesErrorCode } from './messages-error.js';
export type { Messages } from './messages.js';
