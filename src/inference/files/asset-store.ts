import { InferenceError } from '../inference-error.js';
import type { Asset } from './asset.js';
import { download, type DownloadProgress } from './download.js';
import type { FetchedFile } from './fetched-file.js';

interface StoredAsset {
  readonly file: Promise<FetchedFile>;
  /** Null once the download has ended. */
  listeners: Set<DownloadProgress> | null;
  loaded: number;
  total: number;
}

/**
 * Caches a page's files: each is fetched once, so replacing a worker needs no network. Failures and rejected files are
 * not cached: the next call fetches again.
 */
export class AssetStore {
  readonly #assets = new Map<string, StoredAsset>();
  /** Files that failed validation or were rejected: the copy in the browser's cache may be wrong. */
  readonly #suspects = new Set<string>();

  /**
   * Returns a file, fetching it if needed.
   * @param onProgress called with the state of the download, starting with the current one
   * @throws {InferenceError} as `download` does
   */
  load(asset: Asset, onProgress: DownloadProgress): Promise<FetchedFile> {
    let stored = this.#assets.get(asset.url);
    if (!stored) {
      stored = this.#fetch(asset);
      this.#assets.set(asset.url, stored);
    }
    stored.listeners?.add(onProgress);
    if (stored.loaded > 0) onProgress(stored.loaded, stored.total);
    return stored.file;
  }

  /** Forgets a file that cannot be used: nothing was known about it that could have been validated. */
  reject({ url }: Asset): void {
    this.#assets.delete(url);
    this.#suspects.add(url);
  }

  #fetch(asset: Asset): StoredAsset {
    const { url } = asset;
    const report = (loaded: number, total: number) => {
      Object.assign(stored, { loaded, total });
      stored.listeners?.forEach((listener) => listener(loaded, total));
    };
    const file = download(asset, report, this.#suspects.has(url) ? 'reload' : 'default');
    const stored: StoredAsset = { file, listeners: new Set(), loaded: 0, total: 0 };
    file.then(
      () => {
        stored.listeners = null;
        this.#suspects.delete(url);
      },
      (error: unknown) => {
        if (error instanceof InferenceError && error.code !== 'network') this.reject(asset);
        else this.#assets.delete(url);
      },
    );
    return stored;
  }
}

/** The page's shared store. */
export const assetStore = new AssetStore();
