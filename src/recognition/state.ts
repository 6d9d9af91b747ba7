import type { Strokes } from '../drawing/index.js';
import type { PixelSource } from '../imaging/index.js';
import type { PlacedRecognition } from './number-reader.js';
import type { Correction, Recognition } from './recognition.js';

/** A picture that is read in place of ink. */
export interface ReadPicture {
  readonly pixels: PixelSource;
  /** Name of the file; '' where there is none. */
  readonly name: string;
  /** Milliseconds that decoding it took. */
  readonly prepare: number;
}

/** What is read: the ink on the pad, or a picture in its place. Two sources are the same when they are the same object. */
export type Source = Strokes | ReadPicture;

/** Whose doing a change is. Like a native control, a recognizer fires `input` and `change` only for the user's. */
export type Author = 'user' | 'page';

/** A source that was handed over, until it is decoded or something else is drawn or said. */
export interface Offer {
  readonly author: Author;
  /** Why it cannot be read; null while it is being decoded. */
  readonly fault: Error | null;
}

/** What was read, and what it was read from. */
export interface Answer {
  readonly source: Source;
  /** Which {@link RecognitionState.reader} read it. */
  readonly reader: number;
  /** From left to right. */
  readonly recognitions: readonly Recognition[];
}

/** Digits by their index in the number, 0 for a single one. */
export type Corrections = ReadonlyMap<number, Correction>;

/** All that the store knows. What follows from it is never stored but derived by the functions below. */
export interface RecognitionState {
  /** What is on the pad, the stroke under the pen included. */
  readonly ink: Strokes;
  /** Whether the pen is down. */
  readonly drawing: boolean;
  /** Read in place of the ink; null while the ink is read. */
  readonly picture: ReadPicture | null;
  /** What is to take the place of ink or picture. */
  readonly offer: Offer | null;
  /** Whether several digits are read, side by side. */
  readonly multiple: boolean;
  /** Counts models and ways of reading: what another one has read has to be read again. */
  readonly reader: number;
  readonly answer: Answer | null;
  /** What the user says in place of what was read. */
  readonly corrections: Corrections;
  /** The value that the page has set; null since something else was drawn, picked or cleared. */
  readonly given: readonly number[] | null;
  /** The value before anybody has changed anything, and after a reset. */
  readonly initial: readonly number[];
  /** Whether nobody has changed anything yet. */
  readonly pristine: boolean;
  /** Index of the digit that is looked at; null: the last one. */
  readonly selected: number | null;
  /** Why the source could not be read. */
  readonly failure: Error | null;
  /** Why nothing can be read at all, such as a model that does not exist. */
  readonly refusal: Error | null;
  /** Who made the last change of what is read or said. */
  readonly author: Author;
}

export type RecognitionAction =
  | { readonly type: 'ink'; readonly strokes: Strokes; readonly drawing: boolean; readonly author: Author }
  | { readonly type: 'offer'; readonly offer: Offer }
  | { readonly type: 'decline'; readonly offer: Offer; readonly fault: Error }
  | { readonly type: 'picture'; readonly picture: ReadPicture; readonly author: Author }
  | { readonly type: 'clear'; readonly author: Author }
  | { readonly type: 'reset' }
  | { readonly type: 'correct'; readonly digit: number | null; readonly by: Correction['by']; readonly author: Author }
  | { readonly type: 'set'; readonly digits: readonly number[] }
  | { readonly type: 'initial'; readonly digits: readonly number[] }
  | { readonly type: 'restore'; readonly corrections: Corrections; readonly given: readonly number[] | null }
  | { readonly type: 'select'; readonly index: number | null }
  | { readonly type: 'multiple'; readonly multiple: boolean }
  | { readonly type: 'reread'; readonly refusal: Error | null }
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'failed'; readonly error: Error }
  | { readonly type: 'retry' };

const NO_RECOGNITIONS: readonly Recognition[] = [];
const NO_DIGITS: readonly number[] = [];
const NO_CORRECTIONS: Corrections = new Map();

/** An empty pad that nobody has touched. */
export const initialState = (ink: Strokes): RecognitionState => ({
  ink,
  drawing: false,
  picture: null,
  offer: null,
  multiple: false,
  reader: 0,
  answer: null,
  corrections: NO_CORRECTIONS,
  given: null,
  initial: NO_DIGITS,
  pristine: true,
  selected: null,
  failure: null,
  refusal: null,
  author: 'page',
});

/** What an action makes of a state; the same object where it changes nothing. */
export function reduce(state: RecognitionState, action: RecognitionAction): RecognitionState {
  switch (action.type) {
    case 'ink':
      return reduceInk(state, action);
    case 'offer':
      return { ...state, offer: action.offer };
    case 'decline':
      return action.offer === state.offer ? reduceDecline(state, action.offer, action.fault) : state;
    case 'picture':
      return { ...unsaid(state), picture: action.picture, answer: null, failure: null, author: action.author };
    case 'clear':
      if (!state.picture && !state.offer && !isAnythingSaid(state)) return state;
      return { ...unsaid(state), ...unpictured(state), author: action.author };
    case 'reset':
      return { ...unsaid(state), ...unpictured(state), author: 'page', pristine: true };
    case 'correct':
      return reduceCorrection(state.offer ? { ...state, offer: null } : state, action);
    case 'set':
      return { ...unsaid(state), given: action.digits, author: 'page' };
    case 'initial':
      return sameDigits(action.digits, state.initial) ? state : { ...state, initial: action.digits };
    case 'restore':
      return { ...unsaid(state), corrections: action.corrections, given: action.given, author: 'page' };
    case 'select':
      return action.index === state.selected ? state : { ...state, selected: action.index };
    case 'multiple':
      return reduceMultiple(state, action.multiple);
    case 'reread':
      return { ...reread(state), refusal: action.refusal };
    case 'answered':
      return isAnswerTo(state, action.answer) ? reduceAnswer(state, action.answer) : state;
    case 'failed':
      return isPending(state) ? { ...state, failure: action.error } : state;
    case 'retry':
      return state.failure ? { ...state, failure: null } : state;
  }
}

/** Takes back all that was said or offered in place of what is read, and looks at the last digit. */
function unsaid(state: RecognitionState): RecognitionState {
  return { ...state, offer: null, corrections: NO_CORRECTIONS, given: null, selected: null, pristine: false };
}

/** What was there before counts again. A page hears of the fault of its own source where it has handed it over. */
function reduceDecline(state: RecognitionState, { author }: Offer, fault: Error): RecognitionState {
  const offer = author === 'user' ? { author, fault } : null;
  return { ...state, offer, author: isPending(state) ? state.author : author };
}

function unpictured({ picture, answer, failure }: RecognitionState): Partial<RecognitionState> {
  return picture ? { picture: null, answer: null, failure: null } : { answer, failure };
}

/** Another model, or another way of reading: what the page changes is not the user's doing, unless they still wait. */
function reread(state: RecognitionState): RecognitionState {
  const author = isPending(state) ? state.author : 'page';
  return { ...state, reader: state.reader + 1, failure: null, author };
}

function reduceInk(
  state: RecognitionState,
  { strokes, drawing, author }: Extract<RecognitionAction, { type: 'ink' }>,
): RecognitionState {
  // A failed download is not tried again with every move of the pen, but when it lifts.
  const failure = drawing ? state.failure : null;
  if (strokes !== state.ink) {
    const answer = state.answer && isDrawnOn(state.answer.source, strokes) ? state.answer : null;
    return { ...unsaid(state), ink: strokes, drawing, picture: null, answer, failure, author };
  }
  return drawing === state.drawing ? state : { ...state, drawing, failure };
}

function reduceCorrection(
  state: RecognitionState,
  { digit, by, author }: Extract<RecognitionAction, { type: 'correct' }>,
): RecognitionState {
  const { multiple, corrections } = state;
  // Of a number that has not been read nobody knows which digit is meant.
  if (multiple && state.given === null && isPending(state)) return state;
  const count = digitsOf(state).length;
  // What is typed on an empty pad goes on from what is there.
  const index = !multiple || !isEmpty(state) ? selectedIndex(state) : digit === null ? count - 1 : count;
  const said = state.given ?? (isUntouched(state) ? state.initial : null);
  const before = corrections.get(index) ?? null;
  const agrees = said === null && by === 'picked' && digit === recognitionsOf(state)[index]?.digit;
  const after = digit === null || agrees ? null : { digit, by };
  if (after?.digit === before?.digit && after?.by === before?.by && (after || !said?.length)) return state;
  const changed = new Map(corrections);
  if (after) changed.set(index, after);
  else changed.delete(index);
  // With the user's word for a digit taken back, the page's word for it is taken back as well.
  const given = after || !said ? said : isEmpty(state) && index > 0 ? said.slice(0, index) : null;
  return {
    ...state,
    corrections: changed.size > 0 ? changed : NO_CORRECTIONS,
    given,
    pristine: false,
    author,
  };
}

function reduceAnswer(state: RecognitionState, answer: Answer): RecognitionState {
  const before = state.answer?.source === answer.source ? state.answer.recognitions : null;
  // Another model may part the ink into other digits: what was said of the old ones says nothing of those.
  const otherDigits = state.multiple && before !== null && boxesOf(before) !== boxesOf(answer.recognitions);
  const corrections = otherDigits ? NO_CORRECTIONS : state.corrections;
  return { ...state, answer, corrections, failure: null };
}

function boxesOf(recognitions: readonly Partial<PlacedRecognition>[]): string {
  return JSON.stringify(recognitions.map(({ box }) => box));
}

function reduceMultiple(state: RecognitionState, multiple: boolean): RecognitionState {
  if (multiple === state.multiple) return state;
  const next = { ...reread(state), multiple };
  // The digits of ink may be others now; what was typed or set without any is what it was.
  return isEmpty(state) ? next : { ...next, corrections: NO_CORRECTIONS, selected: null };
}

/** Whether what was read is still worth showing, be it of a part of the present ink only. */
function isAnswerTo(state: RecognitionState, { source, reader }: Answer): boolean {
  return reader === state.reader && (source === sourceOf(state) || isDrawnOn(source, sourceOf(state)));
}

/** Whether `newer` is `older` drawn on, so that an answer for the older one still says something of the newer. */
export function isDrawnOn(older: Source, newer: Source): boolean {
  if (!isInk(older) || !isInk(newer)) return false;
  return (
    older.length > 0 &&
    older.length <= newer.length &&
    older.every((stroke, index) => stroke.points[0] === newer[index].points[0])
  );
}

export function isInk(source: Source): source is Strokes {
  return Array.isArray(source);
}

/** What is to be read. */
export function sourceOf({ picture, ink }: RecognitionState): Source {
  return picture ?? ink;
}

/** Whether there is nothing to be read. */
export function isEmpty(state: RecognitionState): boolean {
  return !state.picture && state.ink.length === 0;
}

function isAnythingSaid(state: RecognitionState): boolean {
  return state.corrections.size > 0 || state.given !== null || (isUntouched(state) && state.initial.length > 0);
}

function isUntouched(state: RecognitionState): boolean {
  return state.pristine && isEmpty(state);
}

/** Whether the present source has still to be read. */
export function isPending(state: RecognitionState): boolean {
  const { answer, reader } = state;
  return !isEmpty(state) && !(answer?.source === sourceOf(state) && answer.reader === reader);
}

/**
 * What was read of the present source. While the user goes on drawing, and until the rest is read, what was read of the
 * ink before: to be shown, never to be submitted.
 */
export function recognitionsOf(state: RecognitionState): readonly Recognition[] {
  if (isEmpty(state) || !state.answer || (isPending(state) && state.failure)) return NO_RECOGNITIONS;
  return state.answer.recognitions;
}

/** What counts, digit by digit: what the user says, else what the page has set, else what was read; null for non-digits. */
export function digitsOf(state: RecognitionState): readonly (number | null)[] {
  const { corrections, given, initial } = state;
  const base = given ?? (isUntouched(state) ? initial : recognitionsOf(state).map(({ digit }) => digit));
  const count = Math.max(base.length, ...[...corrections.keys()].map((index) => index + 1));
  return Array.from({ length: count }, (_, index) => corrections.get(index)?.digit ?? base[index] ?? null);
}

/** Whether user or page have said what the whole value is, whatever is read. */
function isSaid({ given, corrections, multiple }: RecognitionState): boolean {
  return given !== null || (!multiple && corrections.size > 0);
}

/** Whether another source is being decoded, so that the present one is not what the value is to be of. */
export function isDecoding({ offer }: RecognitionState): boolean {
  return offer?.fault === null;
}

/** Whether the pen is up and there is an answer to what is to be read, be it the network's or the user's own. */
export function isSettled(state: RecognitionState): boolean {
  return !state.drawing && !isDecoding(state) && (!isPending(state) || isSaid(state));
}

/**
 * The digits that count; '' where one of them is a non-digit, or what is to be read has not been. Only while the pen is
 * down, what was read of the ink so far counts.
 */
export function valueOf(state: RecognitionState): string {
  if (!isSettled(state) && (!state.drawing || isDecoding(state))) return '';
  const digits = digitsOf(state);
  return digits.includes(null) ? '' : digits.join('');
}

/** Index of the digit that is looked at. */
export function selectedIndex(state: RecognitionState): number {
  const last = Math.max(0, digitsOf(state).length - 1);
  return Math.min(last, state.selected ?? last);
}

function sameDigits(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((digit, index) => digit === others[index]);
}

/** What the user says that a drawing is, in place of what was read. */
export interface Corrected {
  readonly recognition: Recognition;
  /** 0..9 */
  readonly digit: number;
}

/** The answers to the present source that the user has corrected. */
export function correctedOf(state: RecognitionState): readonly Corrected[] {
  if (isPending(state)) return [];
  const recognitions = recognitionsOf(state);
  return [...state.corrections].flatMap(([index, { digit }]) => {
    const recognition = recognitions[index];
    return recognition && recognition.digit !== digit ? [{ recognition, digit }] : [];
  });
}
