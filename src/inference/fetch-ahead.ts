import { defaultEnvironment } from './environment.js';
import { resolveModel } from './model.js';

/**
 * Prefetches a model that will be used. Errors are left to the service that loads the same file later.
 * @param model as `InferenceServiceOptions.model`
 */
export function fetchAhead(model: string | undefined): void {
  try {
    const { asset } = resolveModel(model, defaultEnvironment);
    defaultEnvironment.assetStore.load(asset, () => {}).catch(() => {});
  } catch {
    // There is no such model, or the script's URL has no folder.
  }
}
