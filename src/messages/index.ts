export { en } from './en.js';
export { loadMessages, localeFor, registerMessages, subscribeToMessages, type Locale } from './languages.js';
export { MessagesError, type MessagesErrorCode } from './messages-error.js';
export type { Messages } from './messages.js';
