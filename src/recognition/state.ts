import type { Strokes } from '../drawing/index.js';
import type { PixelSource } from '../imaging/index.js';
import type { RecognitionSource } from '../sources/index.js';
import type { Correction, PlacedRecognition, Recognition } from './recognition.js';

/** A picture that is read instead of ink. */
export interface ReadPicture {
  readonly pixels: PixelSource;
  /** Name of the file; '' if there is none. */
  readonly name: string;
  /** Milliseconds that decoding it took. */
  readonly prepare: number;
}

/** The ink on the pad, or a picture instead of it. Sources are compared by identity. */
export type Source = Strokes | ReadPicture;

/** Who made a change. Like a native control, a recognizer fires `input` and `change` only for the user's changes. */
export type Author = 'user' | 'page';

/** A new source, until it has been decoded or replaced by other input. */
export interface Offer {
  readonly source: RecognitionSource;
  readonly author: Author;
  /** Who is responsible for the value if it cannot be read: the author of a source that was still unread, or its own. */
  readonly fallback: Author;
  /** Why it cannot be read; null while it is being decoded. */
  readonly fault: Error | null;
}

/** Recognitions, and the source that they belong to. */
export interface Answer {
  readonly source: Source;
  /** The {@link RecognitionState.reader} that read it. */
  readonly reader: number;
  /** From left to right. */
  readonly recognitions: readonly Recognition[];
}

/** Digits by their index in the number, 0 for a single one. */
export type Corrections = ReadonlyMap<number, Correction>;

/** The store's state. Anything that follows from it is not stored, but derived by the functions below. */
export interface RecognitionState {
  /** The ink on the pad, including an unfinished stroke. */
  readonly ink: Strokes;
  /** Whether the pen is down. */
  readonly drawing: boolean;
  /**
   * The state before the stroke under the pen. Its source and value return if the stroke is discarded, or the user takes
   * it back. Null while the pen is up, and once user or page have determined another value.
   */
  readonly before: RecognitionState | null;
  /** The picture to read instead of the ink; null if the ink is read. */
  readonly picture: ReadPicture | null;
  /** A source that will replace ink or picture. */
  readonly offer: Offer | null;
  /** Whether several digits are read, side by side. */
  readonly multiple: boolean;
  /** Incremented when model, options or `multiple` change: earlier answers are then outdated. */
  readonly reader: number;
  readonly answer: Answer | null;
  /** The user's corrections. */
  readonly corrections: Corrections;
  /** The value that the page has set; null after the next drawing, correction or clearing. */
  readonly given: readonly number[] | null;
  /** The value before any change, and after a reset. */
  readonly initial: readonly number[];
  /** Whether nothing has been changed yet. */
  readonly pristine: boolean;
  /** Index of the selected digit; null until one is selected. */
  readonly selected: number | null;
  /** Why the source could not be read. */
  readonly failure: Error | null;
  /** Why nothing can be read at all, such as a model that does not exist. */
  readonly refusal: Error | null;
  /** Who made the last change of source or value. */
  readonly author: Author;
}

export type RecognitionAction =
  | { readonly type: 'ink'; readonly strokes: Strokes; readonly drawing: boolean; readonly author: Author }
  | { readonly type: 'offer'; readonly offer: Offer }
  | { readonly type: 'offer-failed'; readonly offer: Offer; readonly fault: Error }
  | { readonly type: 'offer-replaced'; readonly offer: Offer }
  | { readonly type: 'picture'; readonly picture: ReadPicture; readonly author: Author }
  | { readonly type: 'clear'; readonly author: Author }
  | { readonly type: 'reset' }
  | { readonly type: 'correct'; readonly digit: number | null; readonly by: Correction['by']; readonly author: Author }
  | { readonly type: 'set'; readonly digits: readonly number[] }
  | { readonly type: 'initial'; readonly digits: readonly number[] }
  | { readonly type: 'restore'; readonly corrections: Corrections; readonly given: readonly number[] | null }
  | { readonly type: 'select'; readonly index: number }
  | { readonly type: 'multiple'; readonly multiple: boolean }
  | { readonly type: 'reread'; readonly refusal: Error | null }
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'failed'; readonly error: Error }
  | { readonly type: 'retry' };

const NO_RECOGNITIONS: readonly Recognition[] = [];
const NO_DIGITS: readonly number[] = [];
export const NO_CORRECTIONS: Corrections = new Map();

/** Returns the state of an empty, untouched pad. */
export const initialState = (ink: Strokes): RecognitionState => ({
  ink,
  drawing: false,
  before: null,
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

/** Applies an action to a state; returns the same object if nothing changes. */
export function reduce(state: RecognitionState, action: RecognitionAction): RecognitionState {
  switch (action.type) {
    case 'ink':
      return reduceInk(state, action);
    case 'offer':
      return { ...state, offer: action.offer };
    case 'offer-failed':
      return action.offer === state.offer
        ? reduceFailedOffer(state, action.offer, action.fault)
        : withoutReplacedOffer(state, action);
    case 'offer-replaced':
      return withoutReplacedOffer(state, action);
    case 'picture':
      return {
        ...withoutOverrides(state),
        picture: action.picture,
        answer: null,
        failure: null,
        author: action.author,
      };
    case 'clear':
      if (!state.picture && !state.offer && !isOverridden(state)) return state;
      return { ...withoutOverrides(state), ...withoutPicture(state), author: action.author };
    case 'reset':
      return { ...withoutOverrides(state), ...withoutPicture(state), author: 'page', pristine: true };
    case 'correct':
      // Until a number has been read, its digits are unknown; if it cannot be, they can be typed.
      if (state.multiple && state.given === null && isPending(state) && !state.failure) return state;
      return reduceCorrection(state.offer || state.before ? { ...state, offer: null, before: null } : state, action);
    case 'set':
      return { ...withoutOverrides(state), given: action.digits, author: 'page' };
    case 'initial':
      if (sameDigits(action.digits, state.initial)) return state;
      return { ...state, initial: action.digits, author: isUntouched(state) ? 'page' : state.author };
    case 'restore':
      return { ...withoutOverrides(state), corrections: action.corrections, given: action.given, author: 'page' };
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

/** Discards corrections, a set value and a source being decoded, and selects the last digit. */
function withoutOverrides(state: RecognitionState): RecognitionState {
  const nothing = { before: null, offer: null, corrections: NO_CORRECTIONS, given: null, selected: null };
  return { ...state, ...nothing, pristine: false };
}

/** Returns to the current source. A page gets the error of its own source from the method that it called. */
function reduceFailedOffer(state: RecognitionState, offer: Offer, fault: Error): RecognitionState {
  return {
    ...state,
    offer: offer.author === 'user' ? { ...offer, fault } : null,
    author: isPending(state) ? state.author : offer.fallback,
  };
}

/** Forgets a source that was decoded, or could not be, during a stroke that replaces it. */
function withoutReplacedOffer(state: RecognitionState, { offer }: { readonly offer: Offer }): RecognitionState {
  return state.before?.offer === offer ? { ...state, before: { ...state.before, offer: null } } : state;
}

function withoutPicture({ picture, answer, failure }: RecognitionState): Partial<RecognitionState> {
  return picture ? { picture: null, answer: null, failure: null } : { answer, failure };
}

/**
 * Marks the answer as outdated. This is the page's change, unless the user's own still waits for its answer, or for the
 * pen to lift.
 */
function reread(state: RecognitionState): RecognitionState {
  const author = isPending(state) || state.drawing ? state.author : 'page';
  return { ...state, reader: state.reader + 1, failure: null, author };
}

function reduceInk(
  state: RecognitionState,
  { strokes, drawing, author }: Extract<RecognitionAction, { type: 'ink' }>,
): RecognitionState {
  // A failed download is not retried with every move of the pen, but when it lifts.
  const failure = drawing ? state.failure : null;
  if (strokes === state.ink) return drawing === state.drawing ? state : { ...state, drawing, before: null, failure };
  const before = state.drawing ? state.before : state;
  if (!drawing && author === 'user' && strokes === before?.ink) {
    const { picture, answer, corrections, given, selected, pristine } = before;
    const restored = { picture, offer: state.offer ?? before.offer, answer, corrections, given, selected, pristine };
    // What the page has set, and is still being read, is not the user's because of a stroke that never was, unless
    // listeners have heard of another value meanwhile.
    const by = isPending(before) && valueOf(state) === valueOf(before) ? before.author : author;
    return { ...state, ...restored, ink: strokes, drawing, before: null, failure, author: by };
  }
  const answer = state.answer && isDrawnOn(state.answer.source, strokes) ? state.answer : null;
  const drawn = { ink: strokes, drawing, before: drawing ? before : null, picture: null, answer, failure, author };
  return { ...withoutOverrides(state), ...drawn };
}

function reduceCorrection(
  state: RecognitionState,
  { digit, by, author }: Extract<RecognitionAction, { type: 'correct' }>,
): RecognitionState {
  const { multiple, corrections } = state;
  const count = digitsOf(state).length;
  // Unless digits have been read, they are appended to the value and taken back from its end, or one is picked for another.
  const isRead = !isPending(state) && recognitionsOf(state).length > 0;
  const isUnread = isEmpty(state) || (!isRead && !state.given?.length);
  const atEnd = multiple && isUnread && (digit === null || by === 'typed' || state.selected === null);
  const ofRead = digit === null ? lastCorrectedIndex(state) : selectedIndex(state);
  const index = !atEnd ? ofRead : digit === null ? count - 1 : count;
  const override =
    state.given ?? (isUntouched(state) ? state.initial : multiple && isPending(state) ? NO_DIGITS : null);
  const before = corrections.get(index) ?? null;
  const agrees =
    override === null && by === 'picked' && !isPending(state) && digit === recognitionsOf(state)[index]?.digit;
  const after = digit === null || agrees ? null : { digit, by };
  if (after?.digit === before?.digit && after?.by === before?.by && (after || !override?.length)) return state;
  const changed = new Map(corrections);
  if (after) changed.set(index, after);
  else changed.delete(index);
  // Removing the user's correction of a digit also removes the value that the page has set, from there on, and with it
  // other corrections of it.
  const given = after || !override ? override : isUnread && index > 0 ? override.slice(0, index) : null;
  const kept = given === override ? changed : new Map([...changed].filter(([at]) => given !== null && at < index));
  return {
    ...state,
    corrections: kept.size > 0 ? kept : NO_CORRECTIONS,
    given,
    // What was picked remains selected, to be reconsidered; typing goes on with the next digit that is unsure.
    selected: atEnd ? null : after && by === 'picked' ? index : state.selected,
    pristine: false,
    author,
  };
}

function reduceAnswer(state: RecognitionState, answer: Answer): RecognitionState {
  const before = state.answer?.source === answer.source ? state.answer.recognitions : null;
  // Another model may divide the ink into other digits, to which the corrections do not belong.
  const otherDigits = state.multiple && before !== null && boxesOf(before) !== boxesOf(answer.recognitions);
  const corrections = otherDigits && !isGiven(state) ? NO_CORRECTIONS : state.corrections;
  return { ...state, answer, corrections, selected: selectedAfter(state, answer), failure: null };
}

const boxesOf = (recognitions: readonly Partial<PlacedRecognition>[]): string =>
  JSON.stringify(recognitions.map(({ box }) => box));

/** Returns the index of the selected digit after another answer: where its ink is now; null if it is not among them. */
function selectedAfter(state: RecognitionState, { recognitions }: Answer): number | null {
  const { selected, answer } = state;
  if (selected === null || isGiven(state) || !answer) return selected;
  const box = boxesOf(answer.recognitions.slice(selected, selected + 1));
  const index = recognitions.findIndex((recognition) => boxesOf([recognition]) === box);
  return index < 0 ? null : index;
}

function reduceMultiple(state: RecognitionState, multiple: boolean): RecognitionState {
  if (multiple === state.multiple) return state;
  const before = state.before && reduceMultiple(state.before, multiple);
  const next = { ...reread(state), multiple, before };
  // The ink may now be divided into other digits, to which the corrections do not belong.
  return isGiven(state) ? next : { ...next, corrections: NO_CORRECTIONS, selected: null };
}

/** Whether the digits, and the corrections of them, come from the page or the keyboard rather than from ink or picture. */
function isGiven(state: RecognitionState): boolean {
  return state.given !== null || isEmpty(state);
}

/** Whether an answer is still worth showing, even if only for a part of the current ink. */
function isAnswerTo(state: RecognitionState, { source, reader }: Answer): boolean {
  return reader === state.reader && (source === sourceOf(state) || isDrawnOn(source, sourceOf(state)));
}

/** Whether `newer` continues `older`, so that an answer for the older ink is still of use. */
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

/** Returns the source to read. */
export function sourceOf({ picture, ink }: RecognitionState): Source {
  return picture ?? ink;
}

/** Whether there is nothing to read. */
export function isEmpty(state: RecognitionState): boolean {
  return !state.picture && state.ink.length === 0;
}

function isOverridden(state: RecognitionState): boolean {
  return state.corrections.size > 0 || state.given !== null || (isUntouched(state) && state.initial.length > 0);
}

function isUntouched(state: RecognitionState): boolean {
  return state.pristine && isEmpty(state);
}

/** Whether the current source has yet to be read. */
export function isPending(state: RecognitionState): boolean {
  const { answer, reader } = state;
  return !isEmpty(state) && !(answer?.source === sourceOf(state) && answer.reader === reader);
}

/**
 * Returns the answers for the current source. While the user continues drawing, and until the rest is read, those for
 * the earlier ink: to show, never to submit.
 */
export function recognitionsOf(state: RecognitionState): readonly Recognition[] {
  if (isEmpty(state) || !state.answer || (isPending(state) && state.failure)) return NO_RECOGNITIONS;
  return state.answer.recognitions;
}

/** Returns the value's digits: corrected by the user, else set by the page, else recognized; null for non-digits. */
export function digitsOf(state: RecognitionState): readonly (number | null)[] {
  const { corrections, given, initial } = state;
  const base = given ?? (isUntouched(state) ? initial : recognitionsOf(state).map(({ digit }) => digit));
  const count = Math.max(base.length, ...[...corrections.keys()].map((index) => index + 1));
  return Array.from({ length: count }, (_, index) => corrections.get(index)?.digit ?? base[index] ?? null);
}

/** Whether user or page have determined the whole value, whatever is read. */
function isValueOverridden({ given, corrections, multiple }: RecognitionState): boolean {
  return given !== null || (!multiple && corrections.size > 0);
}

/** Whether another source is being decoded, which will determine the value. */
export function isDecoding({ offer }: RecognitionState): boolean {
  return offer?.fault === null;
}

/** Whether the pen is up and there is an answer for the source, from the network or the user. */
export function isSettled(state: RecognitionState): boolean {
  return !state.drawing && !isDecoding(state) && (!isPending(state) || isValueOverridden(state));
}

/**
 * Returns the value; '' if it contains a non-digit, or the source has not been read. Only while the pen is down, the
 * answer for the ink so far counts.
 */
export function valueOf(state: RecognitionState): string {
  if (!isSettled(state) && (!state.drawing || isDecoding(state))) return '';
  const digits = digitsOf(state);
  return digits.includes(null) ? '' : digits.join('');
}

/** Returns the index of the selected digit: unless one is chosen, the first non-digit, or the last digit. */
export function selectedIndex(state: RecognitionState): number {
  const digits = digitsOf(state);
  const last = Math.max(0, digits.length - 1);
  if (state.selected !== null) return Math.min(last, state.selected);
  const unsure = isSettled(state) ? digits.indexOf(null) : -1;
  return unsure < 0 ? last : unsure;
}

/** Returns the correction that would be taken back; null if there is none. */
export const removableCorrection = (state: RecognitionState): Correction | null =>
  state.corrections.get(lastCorrectedIndex(state)) ?? null;

/** Returns the index of the digit whose correction is taken back: of the selected one, or else the latest. */
function lastCorrectedIndex(state: RecognitionState): number {
  const latest = state.selected === null ? [...state.corrections.keys()].at(-1) : undefined;
  return latest ?? selectedIndex(state);
}

function sameDigits(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((digit, index) => digit === others[index]);
}

/** A drawing and the user's correction. */
export interface Corrected {
  readonly recognition: Recognition;
  readonly correction: Correction;
}

/**
 * Returns the answers for the current source that the user has corrected: none for blanks, which have no features, and
 * none if the value that was corrected has more or fewer digits than were read.
 */
export function correctedOf(state: RecognitionState): readonly Corrected[] {
  const recognitions = recognitionsOf(state);
  if (isPending(state) || (state.given?.length ?? recognitions.length) !== recognitions.length) return [];
  return [...state.corrections].flatMap(([index, correction]) => {
    const recognition = recognitions[index];
    return recognition?.features && recognition.digit !== correction.digit ? [{ recognition, correction }] : [];
  });
}
