import type { ModelName } from '../../model/index.js';
import { InferenceError } from '../inference-error.js';

/** URLs of a model's files. */
export interface ModelUrls {
  /** The ONNX file, which holds the weights. */
  readonly model: string;
  /** The WebGPU program. */
  readonly webgpu: string;
}

/** URLs of the inference service's files, by model. */
export type AssetUrls = Readonly<Record<ModelName, ModelUrls>>;

/**
 * Resolves URLs lazily: a script from a `blob:` or `data:` URL has no files next to it, but must still be able to
 * define the tags.
 */
function lookUp(model: () => string, webgpu: () => string): ModelUrls {
  return {
    get model() {
      return hrefOf(model);
    },
    get webgpu() {
      return hrefOf(webgpu);
    },
  };
}

function hrefOf(url: () => string): string {
  try {
    return url();
  } catch (cause) {
    const message =
      'The script of digit-recognizer comes from a URL without files beside it, such as blob: or data:. Load it from a server, with its assets beside it, or give the URL of a model.';
    throw new InferenceError('asset-missing', message, { cause });
  }
}

/**
 * The files next to this module. Each expression is spelled out, since bundlers find assets only by a literal `new
 * URL('…', import.meta.url).href`.
 */
export const assetUrls: AssetUrls = {
  compact: lookUp(
    () => new URL('../../../models/compact.onnx', import.meta.url).href,
    () => new URL('../../../models/compiled/compact.webgpu.json', import.meta.url).href,
  ),
  reference: lookUp(
    () => new URL('../../../models/reference.onnx', import.meta.url).href,
    () => new URL('../../../models/compiled/reference.webgpu.json', import.meta.url).href,
  ),
};
