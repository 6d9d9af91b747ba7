import type { ModelName } from '../../model/catalog.js';
import { InferenceError } from '../inference-error.js';

/** Where the files of a model lie. */
export interface ModelUrls {
  /** The ONNX file, which holds the weights. */
  readonly model: string;
  /** The program for WebGPU. */
  readonly webgpu: string;
}

/** Where the files of the inference service lie, by model. */
export type AssetUrls = Readonly<Record<ModelName, ModelUrls>>;

/**
 * Looked up when they are needed: a script from a `blob:` or `data:` URL has no folder with files beside it, but must
 * still be able to define the tags.
 */
function lookUp(model: () => URL, webgpu: () => URL): ModelUrls {
  return {
    get model() {
      return hrefOf(model);
    },
    get webgpu() {
      return hrefOf(webgpu);
    },
  };
}

function hrefOf(url: () => URL): string {
  try {
    return url().href;
  } catch (cause) {
    const message =
      'The script of digit-recognizer comes from a URL that has no files beside it, such as blob: or data:. Load it from a server, with its assets beside it, or give the URL of a model.';
    throw new InferenceError('asset-missing', message, { cause });
  }
}

/**
 * The files beside this module. Each expression is spelled out since bundlers find and copy an asset only by a literal
 * `new URL('…', import.meta.url)`.
 */
export const assetUrls: AssetUrls = {
  compact: lookUp(
    () => new URL('../../../models/compact.onnx', import.meta.url),
    () => new URL('../../../models/compiled/compact.webgpu.json', import.meta.url),
  ),
  reference: lookUp(
    () => new URL('../../../models/reference.onnx', import.meta.url),
    () => new URL('../../../models/compiled/reference.webgpu.json', import.meta.url),
  ),
};
