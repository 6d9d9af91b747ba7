import type { EngineOptions } from '../engines/engine.js';
import type { Asset } from './asset.js';
import type { FetchedFile } from './fetched-file.js';

/**
 * Loads a file and includes it in the engine's load progress.
 * @throws {InferenceError} as `download` does
 */
export function loadAsset(asset: Asset, { assetStore, progress, onProgress }: EngineOptions): Promise<FetchedFile> {
  progress.expect(asset.url, asset.bytes ?? 0);
  return assetStore.load(asset, (loaded, total) => {
    progress.advance(asset.url, loaded, total);
    onProgress();
  });
}
