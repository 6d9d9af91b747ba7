import { defaultEnvironment } from './environment.js';
import { resolveModel } from './model.js';

/**
 * Begins to fetch a model that is going to be used. Whoever uses it asks for the same file, and is told where that fails.
 * @param model as `InferenceServiceOptions.model`
 */
export function fetchAhead(model: string | undefined): void {
  try {
    const { asset } = resolveModel(model, defaultEnvironment);
    defaultEnvironment.assetStore.load(asset, () => {}).catch(() => {});
  } catch {
    // There is no such model, or the script has no folder.
  }
}
