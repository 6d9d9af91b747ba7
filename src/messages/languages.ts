import { en } from './en.js';
import { matchLanguage, wellFormed } from './match-language.js';
import { MessagesError } from './messages-error.js';
import type { Messages } from './messages.js';

/** The language that is always there. */
const FALLBACK = 'en';

/** What fetches the tables that come with the package, each only when it is used. */
const downloads = new Map<string, () => Promise<Messages>>([
  ['ar', async () => (await import('./ar.js')).ar],
  ['de', async () => (await import('./de.js')).de],
  ['es', async () => (await import('./es.js')).es],
  ['fr', async () => (await import('./fr.js')).fr],
  ['hi', async () => (await import('./hi.js')).hi],
  ['ja', async () => (await import('./ja.js')).ja],
  ['zh', async () => (await import('./zh.js')).zh],
  ['zh-hant', async () => (await import('./zh-hant.js')).zhHant],
]);

/** Tables that are there, by language. */
const tables = new Map<string, Messages>([[FALLBACK, en]]);
const loading = new Map<string, Promise<void>>();
/** What pages have registered, by language. */
const registered = new Map<string, Partial<Messages>>();
const listeners = new Set<() => void>();

/** Words, and the language that they are in and numbers are written in. */
export interface Wording {
  readonly table: Messages;
  /** A BCP 47 tag. */
  readonly language: string;
}

/** What was made of registered tables; emptied when anything changes that they are made of. */
const completed = new Map<string, Messages>();

/** The languages of the package. */
const builtInTags: readonly string[] = [FALLBACK, ...downloads.keys()];

/**
 * The words for a language as far as they are there: in English until its table has been fetched.
 *
 * @param lang what a `lang` attribute holds; of an ill-formed tag, the well-formed beginning counts
 */
export function wordingFor(lang: string): Wording {
  const language = wellFormed(lang);
  const own = matchLanguage(language, [...registered.keys()], builtInTags);
  const base = matchLanguage(language, builtInTags);
  const table = (base === null ? undefined : tables.get(base)) ?? en;
  if (own === null) return { table, language: table === en && base !== FALLBACK ? FALLBACK : language };
  const key = `${own} ${base ?? FALLBACK}`;
  let whole = completed.get(key);
  if (!whole) completed.set(key, (whole = { ...table, ...registered.get(own) }));
  return { table: whole, language };
}

/**
 * Fetches the words of a language, if the package has them and they are not there yet. Elements do so themselves; a
 * page that calls it first never shows them in English.
 *
 * @param language a BCP 47 tag, as `lang` has it; 'de-AT' gives German, 'zh-TW' traditional Chinese
 * @throws {MessagesError} `invalid-language` for anything but a string; an ill-formed tag counts as far as it is formed well
 * @throws when the table could not be fetched; the next call tries again
 */
export async function loadMessages(language: string): Promise<void> {
  if (typeof language !== 'string') throw invalidLanguage(language);
  const tag = matchLanguage(wellFormed(language), builtInTags);
  const download = tag === null || tables.has(tag) ? undefined : downloads.get(tag);
  if (tag === null || !download) return;
  let promise = loading.get(tag);
  if (!promise) {
    promise = download().then((table) => {
      tables.set(tag, table);
      changed();
    });
    loading.set(tag, promise);
    promise.catch(() => loading.delete(tag));
  }
  return promise;
}

/**
 * Gives the elements of this page words of the page's own, for a language that the package does not have, or in place of
 * some of its words. Elements that are shown change at once.
 *
 * @param language a BCP 47 tag; more exact ones, such as 'de-CH', are preferred where they fit
 * @param table what is left out is taken from the package's table for that language, or the English one
 * @throws {MessagesError} `invalid-language` when `language` is no language tag, `invalid-table` when a word is not of the
 *   kind that it has to be; all words stay as they were
 */
export function registerMessages(language: string, table: Partial<Messages>): void {
  const tag = canonicalTag(language);
  registered.set(tag, checkedTable(table));
  changed();
}

function canonicalTag(language: unknown): string {
  try {
    if (typeof language === 'string') return Intl.getCanonicalLocales(language)[0].toLowerCase();
  } catch {
    // It is no tag.
  }
  throw invalidLanguage(language);
}

function invalidLanguage(language: unknown): MessagesError {
  const message = `The language is ${quoted(language)}; it can be a BCP 47 tag, such as "de" or "zh-Hant".`;
  return new MessagesError('invalid-language', message);
}

/** The words of a table that is given by a page. */
function checkedTable(table: unknown): Partial<Messages> {
  if (typeof table !== 'object' || table === null) {
    throw new MessagesError('invalid-table', `The table is ${quoted(table)}; it can be an object of words.`);
  }
  const words: Record<string, unknown> = {};
  for (const [name, model] of Object.entries(en) as [string, unknown][]) {
    const word = (table as Readonly<Record<string, unknown>>)[name];
    if (word === undefined) continue;
    words[name] = word;
    if (isLike(word, model)) continue;
    const allowed = Array.isArray(model) ? `an array of ${model.length} strings` : `a ${typeof model}`;
    const message = `The word ${name} is ${quoted(word)}; it can be ${allowed}, or left out.`;
    throw new MessagesError('invalid-table', message);
  }
  return words;
}

function isLike(word: unknown, model: unknown): boolean {
  if (!Array.isArray(model)) return typeof word === typeof model;
  return Array.isArray(word) && word.length === model.length && word.every((each) => typeof each === 'string');
}

const quoted = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : `a ${typeof value}`);

/** Calls `listener` whenever there are new words, until the returned function is called. */
export function subscribeToMessages(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  completed.clear();
  for (const listener of [...listeners]) listener();
}
