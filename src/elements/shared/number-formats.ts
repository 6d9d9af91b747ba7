/** Creating a format costs much more than using it. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * Returns a cached number format for a language, but always with the digits 0 to 9: those are drawn, read and
 * submitted, and a sentence must not mix two kinds.
 */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, { ...options, numberingSystem: 'latn' })));
  return format;
}

/** Decimal separator and percent sign of common languages. */
const POINT = ['.', '%'] as const;
const COMMA = [',', '\u00a0%'] as const;
const plainPercentages = new Map<string, typeof POINT | typeof COMMA>([
  ...['en', 'en-US', 'en-GB', 'hi', 'ja', 'zh', 'zh-CN', 'zh-TW'].map((tag) => [tag, POINT] as const),
  ...['de', 'de-DE', 'es', 'es-ES'].map((tag) => [tag, COMMA] as const),
]);

/**
 * Formats a probability, 0..1, to a tenth of a percent: high certainties differ only there.
 *
 * Common languages do without a format of `Intl`: creating the first one takes longer than reading a digit.
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

/** Formats a share, 0..1, as a whole percentage. */
export function formatWholePercentage(language: string, share: number): string {
  return numberFormat(language, { style: 'percent' }).format(share);
}

/** Formats a pixel's value, 0..1. */
export function formatValue(language: string, value: number): string {
  return numberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

/** Formats a whole number: a digit, a count, a row or a column. */
export function formatWhole(language: string, value: number): string {
  // Without grouping, all languages write the digits 0 to 9 alike.
  if (value >= 0 && value < 1000) return String(Math.round(value));
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}
