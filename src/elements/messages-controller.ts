import type { ReactiveControllerHost } from 'lit';
import { en, type Messages } from '../messages/index.js';

/** The words of an element, in its language. */
export class MessagesController {
  /** The table of the host's language. */
  readonly table: Messages = en;
  /** The language that the table is in, and numbers are written in: a BCP 47 tag. */
  readonly language: string = 'en';

  constructor(readonly host: ReactiveControllerHost) {}
}
