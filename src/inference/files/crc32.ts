const POLYNOMIAL = 0xedb88320;

let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
    return remainder;
  });
}

/** Returns the CRC-32 (ISO-HDLC), as used by zlib and PNG: https://www.w3.org/TR/png-3/#D-CRCAppendix. */
export function crc32(bytes: Uint8Array): number {
  // Lazily, since few pages need it.
  const remainders = (table ??= makeTable());
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = remainders[(remainder ^ byte) & 0xff] ^ (remainder >>> 8);
  return (remainder ^ 0xffffffff) >>> 0;
}
