/**
 * A fetched file. Its bytes stay in memory until a worker needs it as a blob: browsers keep the bytes of blobs in
 * another process, and moving them there and back takes milliseconds.
 */
export class FetchedFile {
  #content: ArrayBuffer | Blob;

  /** @param bytes must not be changed afterwards */
  constructor(bytes: ArrayBuffer) {
    this.#content = bytes;
  }

  /** Returns the file's bytes, which must not be changed. */
  async bytes(): Promise<ArrayBuffer> {
    return this.#content instanceof Blob ? this.#content.arrayBuffer() : this.#content;
  }

  /** Returns a blob, which any number of workers can share, and releases the copy in the page's heap. */
  blob(): Blob {
    if (!(this.#content instanceof Blob)) this.#content = new Blob([this.#content]);
    return this.#content;
  }
}
