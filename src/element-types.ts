import type { LitElement } from 'lit';
import type {
  CorrectionEvent,
  DigitErrorEvent,
  DigitPad,
  DigitPredictions,
  DigitPreview,
  DigitRecognizer,
  DigitTypedEvent,
  InkEvent,
  LearnedEvent,
  RecognitionEvent,
  StatusEvent,
} from './elements/index.js';

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
