/** Making a format costs much more than using it. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * Numbers as a language writes them, but always in the digits 0 to 9: those are what is drawn, read and submitted, and
 * one sentence must not mix two kinds. The same format for the same arguments.
 */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, { ...options, numberingSystem: 'latn' })));
  return format;
}

/** What comes between and after the digits of a percentage, in the usual languages. */
const POINT = ['.', '%'] as const;
const COMMA = [',', '\u00a0%'] as const;
const plainPercentages = new Map<string, typeof POINT | typeof COMMA>([
  ...['en', 'en-US', 'en-GB', 'hi', 'ja', 'zh', 'zh-CN', 'zh-TW'].map((tag) => [tag, POINT] as const),
  ...['de', 'de-DE', 'es', 'es-ES'].map((tag) => [tag, COMMA] as const),
]);

/**
 * A probability, 0..1. Whole per cent are enough to read; the last per mille are where certainty differs.
 *
 * In the usual languages without a format of Intl: making the first one takes longer than reading a digit.
 */
export function formatPercentage(language: string, probability: number): string {
  const plain = plainPercentages.get(language);
  if (plain) {
    const tenths = Math.round(probability * 1000);
    return `${Math.floor(tenths / 10)}${plain[0]}${tenths % 10}${plain[1]}`;
  }
  const options = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return numberFormat(language, options).format(probability);
}

/** A share, 0..1, as whole per cent. */
export function formatWholePercentage(language: string, share: number): string {
  return numberFormat(language, { style: 'percent' }).format(share);
}

/** A pixel's value, 0..1. */
export function formatValue(language: string, value: number): string {
  return numberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

/** A whole number: a digit, a count, a row or a column. */
export function formatWhole(language: string, value: number): string {
  // Where nothing is grouped, all languages write the digits 0 to 9 alike.
  if (value >= 0 && value < 1000) return String(Math.round(value));
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}
