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

/** A probability, 0..1. Whole per cent are enough to read; the last per mille are where certainty differs. */
export function formatPercentage(language: string, probability: number): string {
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
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}
