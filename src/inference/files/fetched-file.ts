/**
 * A file that has been fetched. Its bytes stay at hand until a worker needs it as a blob: browsers hold the bytes of a
 * blob in another process, where putting them and fetching them back takes milliseconds.
 */
export class FetchedFile {
  #content: ArrayBuffer | Blob;

  /** @param bytes not to be changed from now on */
  constructor(bytes: ArrayBuffer) {
    this.#content = bytes;
  }

  /** The file's bytes, not to be changed. */
  async bytes(): Promise<ArrayBuffer> {
    return this.#content instanceof Blob ? this.#content.arrayBuffer() : this.#content;
  }

  /** A blob, which can be given to any number of workers without a copy. From now on the page's heap has no other. */
  blob(): Blob {
    if (!(this.#content instanceof Blob)) this.#content = new Blob([this.#content]);
    return this.#content;
  }
}
