const PNG = [0x89, 0x50, 0x4e, 0x47];

/** Type of the last chunk of a PNG. */
const IEND = [0x49, 0x45, 0x4e, 0x44];

const holds = (bytes: Uint8Array, part: readonly number[], from: number): boolean =>
  part.every((byte, index) => bytes[from + index] === byte);

/**
 * Whether a file is a truncated PNG, without its end (PNG, third edition, 11.2.5). Firefox decodes such files as far as
 * possible and leaves the rest blank, as if nothing were drawn there.
 *
 * @param bytes the file's first bytes
 */
export async function isCutOff(blob: Blob, bytes: Uint8Array): Promise<boolean> {
  if (!holds(bytes, PNG, 0)) return false;
  const end = new Uint8Array(await blob.slice(-12).arrayBuffer());
  if (holds(end, IEND, 4)) return false;
  // Some programs append data to the picture.
  const all = new Uint8Array(await blob.arrayBuffer());
  return !all.some((_, index) => holds(all, IEND, index));
}
