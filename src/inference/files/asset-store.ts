import type { Asset } from './asset.js';
import { download, type DownloadProgress } from './download.js';
import type { FetchedFile } from './fetched-file.js';
import { InferenceError } from '../inference-error.js';

interface StoredAsset {
  readonly file: Promise<FetchedFile>;
  readonly listeners: Set<DownloadProgress>;
  loaded: number;
  total: number;
}

/**
 * Keeps the files of a page: each is fetched once, however many ask, and a worker that has to be replaced needs no
 * network. A failure is not kept: asking again fetches again.
 */
export class AssetStore {
  readonly #assets = new Map<string, StoredAsset>();
  /** Files that failed their check: the copy in the browser's cache may be the wrong one. */
  readonly #suspects = new Set<string>();

  /**
   * The file.
   * @param onProgress is called with the state of the download, from the current one on
   * @throws {InferenceError} as `download` does
   */
  load(asset: Asset, onProgress: DownloadProgress): Promise<FetchedFile> {
    let stored = this.#assets.get(asset.url);
    if (!stored) {
      stored = this.#fetch(asset);
      this.#assets.set(asset.url, stored);
    }
    stored.listeners.add(onProgress);
    if (stored.loaded > 0) onProgress(stored.loaded, stored.total);
    return stored.file;
  }

  #fetch(asset: Asset): StoredAsset {
    const { url } = asset;
    const report = (loaded: number, total: number) => {
      Object.assign(stored, { loaded, total });
      for (const listener of stored.listeners) listener(loaded, total);
    };
    const file = download(asset, report, this.#suspects.has(url) ? 'reload' : 'default');
    const stored: StoredAsset = { file, listeners: new Set(), loaded: 0, total: 0 };
    file.then(
      () => {
        stored.listeners.clear();
        this.#suspects.delete(url);
      },
      (error: unknown) => {
        this.#assets.delete(url);
        if (error instanceof InferenceError && error.code !== 'network') this.#suspects.add(url);
      },
    );
    return stored;
  }
}

/** The page's own store. */
export const assetStore = new AssetStore();
