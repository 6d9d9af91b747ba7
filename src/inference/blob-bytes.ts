/**
 * What blobs were made of a moment ago. Browsers hold the bytes of a blob in another process, which takes milliseconds
 * to give them back; here they are kept for as long as the page's memory has not been tidied up.
 */
const recent = new WeakMap<Blob, WeakRef<ArrayBuffer>>();

/** A blob that may be read at once. @param bytes all of their buffer, not to be changed from now on */
export function toBlob(bytes: Uint8Array<ArrayBuffer>): Blob {
  const blob = new Blob([bytes]);
  recent.set(blob, new WeakRef(bytes.buffer));
  return blob;
}

/** A blob's bytes, not to be changed. */
export async function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return recent.get(blob)?.deref() ?? blob.arrayBuffer();
}
