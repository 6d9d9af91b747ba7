import { describeValue, importOnce, readParts } from '../utils/index.js';
import { en } from './en.js';
import { matchLanguage, wellFormed } from './match-language.js';
import { MessagesError } from './messages-error.js';
import type { Messages } from './messages.js';

/** The language that is always available. */
const FALLBACK = 'en';

const once = (load: () => Promise<Messages>): (() => Promise<Messages>) =>
  importOnce(load, 'has the messages of a language', MessagesError);

/** Loaders of the package's tables, each fetched on first use. */
const downloads = new Map<string, () => Promise<Messages>>([
  ['ar', once(async () => (await import('./ar.js')).ar)],
  ['de', once(async () => (await import('./de.js')).de)],
  ['es', once(async () => (await import('./es.js')).es)],
  ['fr', once(async () => (await import('./fr.js')).fr)],
  ['hi', once(async () => (await import('./hi.js')).hi)],
  ['ja', once(async () => (await import('./ja.js')).ja)],
  ['zh', once(async () => (await import('./zh.js')).zh)],
  ['zh-hant', once(async () => (await import('./zh-hant.js')).zhHant)],
]);

/** Loaded tables, by language. */
const tables = new Map<string, Messages>([[FALLBACK, en]]);
/** Tables registered by pages, by language. */
const registered = new Map<string, Partial<Messages>>();
const listeners = new Set<() => void>();

/** Messages, and the language for them and for number formats. */
export interface Locale {
  readonly messages: Messages;
  /** A BCP 47 tag. */
  readonly language: string;
}

/** Registered tables merged with the package's; cleared when any of them changes. */
const merged = new Map<string, Messages>();

/** The package's languages. */
const builtInTags: readonly string[] = [FALLBACK, ...downloads.keys()];

/**
 * Returns the messages for a language: in English until its table has been fetched.
 *
 * @param lang value of a `lang` attribute; if ill-formed, its well-formed prefix counts
 */
export function localeFor(lang: string): Locale {
  const language = wellFormed(lang);
  const own = matchRegistered(language);
  const base = matchLanguage(language, builtInTags);
  const messages = (base === null ? undefined : tables.get(base)) ?? en;
  if (own === null) return { messages, language: messages === en && base !== FALLBACK ? FALLBACK : language };
  const key = `${own} ${base ?? FALLBACK}`;
  let complete = merged.get(key);
  if (!complete) merged.set(key, (complete = { ...messages, ...registered.get(own) }));
  return { messages: complete, language };
}

/** Tags that have been replaced, such as `iw` by `he`, are still in use. */
function matchRegistered(language: string): string | null {
  const tags = [...registered.keys()];
  const match = (tag: string): string | null => matchLanguage(tag, tags, builtInTags);
  return match(language) ?? (tags.length > 0 && language !== '' ? match(canonicalTag(language)) : null);
}

/**
 * Fetches the messages for a language, if the package has them and they are not loaded yet. Elements do so themselves;
 * a page that calls this first avoids showing them in English at the start.
 *
 * @param language a BCP 47 tag, as in `lang`; 'de-AT' loads German, 'zh-TW' traditional Chinese; of an ill-formed tag,
 *   the well-formed prefix counts
 * @throws {MessagesError} `invalid-language` for anything but a string, `network` if the table could not be fetched; the
 *   next call retries
 */
export async function loadMessages(language: string): Promise<void> {
  if (typeof language !== 'string') throw invalidLanguage(language);
  const tag = matchLanguage(wellFormed(language), builtInTags);
  const download = tag === null ? undefined : downloads.get(tag);
  if (tag === null || !download) return;
  const table = await download();
  if (tables.has(tag)) return;
  tables.set(tag, table);
  changed();
}

/**
 * Registers custom messages for this page's elements, for a language that the package lacks, or to override some of its
 * messages. Elements update at once.
 *
 * @param language a BCP 47 tag; more specific ones, such as 'de-CH', take precedence if they match
 * @param table missing messages are taken from the package's table for that language, or the English one
 * @throws {MessagesError} `invalid-language` if `language` is not a language tag, `invalid-table` if a message has the
 *   wrong type; all messages stay as they were
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
    // It is not a language tag.
  }
  throw invalidLanguage(language);
}

function invalidLanguage(language: unknown): MessagesError {
  const message = `The language is ${describeValue(language)}; it can be a BCP 47 tag, such as "de" or "zh-Hant".`;
  return new MessagesError('invalid-language', message);
}

/** Validates and copies a page's table. */
function checkedTable(table: unknown): Partial<Messages> {
  const read = readParts(table as Readonly<Record<string, unknown>>, Object.keys(en));
  if (!read) {
    throw new MessagesError('invalid-table', `The table is ${describeValue(table)}; it can be an object of messages.`);
  }
  const messages: Record<string, unknown> = {};
  for (const [name, model] of Object.entries(en) as [string, unknown][]) {
    const word = read[name];
    if (word === undefined) continue;
    messages[name] = copyLike(word, model);
    if (messages[name] !== undefined) continue;
    const allowed = Array.isArray(model) ? `an array of ${model.length} strings` : `a ${typeof model}`;
    const message = `The message ${name} is ${describeValue(word)}; it can be ${allowed}, or left out.`;
    throw new MessagesError('invalid-table', message);
  }
  return messages;
}

/** Returns a copy of a message that has the type of the English one; undefined if it has another. */
function copyLike(word: unknown, model: unknown): unknown {
  if (!Array.isArray(model)) return typeof word === typeof model ? word : undefined;
  const given = word as Readonly<Record<string, unknown>>;
  const { length, ...parts } = readParts(given, ['length', ...Object.keys(model)]) ?? {};
  const copy = Object.values(parts);
  return length === model.length && copy.every((part) => typeof part === 'string') ? copy : undefined;
}

/** Calls `listener` whenever messages change, until the returned function is called. */
export function subscribeToMessages(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  merged.clear();
  for (const listener of [...listeners]) listener();
}
