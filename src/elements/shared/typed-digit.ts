const isDigit = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

/**
 * Returns the digit that a key types, in any script; null for other keys. The digits of each script are contiguous from
 * zero to nine (The Unicode Standard, section 4.6), and some scripts adjoin.
 */
export function typedDigit(key: string): number | null {
  if ([...key].length !== 1) return null;
  const codePoint = key.codePointAt(0)!;
  if (!isDigit(codePoint)) return null;
  let digit = 0;
  while (isDigit(codePoint - digit - 1)) digit += 1;
  return digit % 10;
}
