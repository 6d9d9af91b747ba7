/** Browsers from before 2025 lack it: https://tc39.es/proposal-arraybuffer-base64/. */
type WithFromHex = typeof Uint8Array & { fromHex?: (text: string) => Uint8Array<ArrayBuffer> };

/** Decodes lowercase hexadecimal digits. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const { fromHex } = Uint8Array as WithFromHex;
  if (fromHex) return fromHex.call(Uint8Array, text);
  const bytes = new Uint8Array(text.length / 2);
  const digit = (index: number): number => {
    const code = text.charCodeAt(index);
    return code > 57 ? code - 87 : code - 48;
  };
  for (let index = 0; index < bytes.length; index++) bytes[index] = digit(2 * index) * 16 + digit(2 * index + 1);
  return bytes;
}
