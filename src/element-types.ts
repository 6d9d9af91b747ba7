import type { LitElement } from 'lit';
import type { DigitPad } from './elements/digit-pad/digit-pad.js';
import type { DigitPredictions } from './elements/digit-predictions/digit-predictions.js';
import type { DigitPreview } from './elements/digit-preview/digit-preview.js';
import type { DigitRecognizer } from './elements/digit-recognizer/digit-recognizer.js';
import type { CorrectionEvent } from './elements/events/correction-event.js';
import type { LearnedEvent } from './elements/events/learned-event.js';
import type { DigitErrorEvent } from './elements/events/digit-error-event.js';
import type { DigitTypedEvent } from './elements/events/digit-typed-event.js';
import type { InkEvent } from './elements/events/ink-event.js';
import type { RecognitionEvent } from './elements/events/recognition-event.js';
import type { StatusEvent } from './elements/events/status-event.js';

/** The tags and their classes. */
export interface Elements {
  'digit-recognizer': DigitRecognizer;
  'digit-pad': DigitPad;
  'digit-preview': DigitPreview;
  'digit-predictions': DigitPredictions;
}

/** Each tag's own events. */
export interface ElementEvents {
  'digit-recognizer': {
    'digit-recognition': RecognitionEvent;
    'digit-correction': CorrectionEvent;
    'digit-learned': LearnedEvent;
    'digit-status': StatusEvent;
    'digit-error': DigitErrorEvent;
  };
  'digit-pad': { 'digit-ink': InkEvent; 'digit-typed': DigitTypedEvent };
  'digit-preview': object;
  'digit-predictions': object;
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Names of writable properties: no methods, nothing read-only. */
type WritableName<E> = {
  [Name in keyof E]-?: E[Name] extends (...args: never[]) => unknown
    ? never
    : Same<{ [N in Name]: E[N] }, { -readonly [N in Name]: E[N] }> extends true
      ? Name
      : never;
}[keyof E];

type OwnProperties<E extends LitElement> = Pick<E, Exclude<WritableName<E>, keyof LitElement>>;

/**
 * An element's own properties, all optional: undefined counts as not passed. Templates may also set `learn` without a
 * value, which is `true`.
 */
export type ElementProperties<E extends LitElement> = {
  [Name in keyof OwnProperties<E>]?: OwnProperties<E>[Name] | (Name extends 'learn' ? boolean : never) | undefined;
};
