/** Language, optionally script and region: well-formed without asking Intl, whose first use takes milliseconds. */
const COMMON_TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?$/i;

/**
 * Returns the well-formed prefix of a `lang` attribute: 'en' for 'en-' and 'en-x', '' if there is none. Intl formatters
 * throw for ill-formed tags.
 */
export function wellFormed(language: string): string {
  let tag = language.trim().replaceAll('_', '-');
  while (tag !== '' && !isWellFormed(tag)) tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
  return tag;
}

function isWellFormed(tag: string): boolean {
  if (COMMON_TAG.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** Returns a tag's subtags, including those implied by CLDR's likely subtags: those of `zh-Hant-TW` for `zh-TW`. */
function likelySubtags(tag: string): readonly string[] {
  return new Intl.Locale(tag).maximize().toString().toLowerCase().split('-');
}

const isScript = (subtag: string): boolean => /^[a-z]{4}$/.test(subtag);

/**
 * Returns the closest known language that a reader of the given language can read: in the same script, and of no other
 * region. `zh-Hant` for `zh-TW`, `de` for `de-AT`; null if there is none.
 *
 * @param language a well-formed BCP 47 tag, in any case
 * @param known lowercase tags
 * @param others more known tags, never returned: they show which languages have several scripts
 */
export function matchLanguage(
  language: string,
  known: readonly string[],
  others: readonly string[] = [],
): string | null {
  const tag = language.toLowerCase();
  if (known.includes(tag)) return tag;
  const [primary, ...rest] = tag.split('-');
  const isRelated = (each: string): boolean => each.split('-')[0] === primary;
  const related = known.filter(isRelated);
  if (related.length === 0) return null;
  // A language with a single script is readable in all its regions, without asking Intl.
  const inOneScript = [...related, ...others.filter(isRelated)].every((each) => each === primary);
  if (inOneScript && !rest.some(isScript)) return primary;
  const subtags = likelySubtags(tag);
  const script = subtags.find(isScript);
  const fitting = related
    .map((each) => each.split('-'))
    .filter((each) => each.every((subtag) => subtags.includes(subtag)))
    .filter((each) => likelySubtags(each.join('-')).find(isScript) === script)
    .sort((a, b) => b.length - a.length);
  return fitting[0]?.join('-') ?? null;
}
