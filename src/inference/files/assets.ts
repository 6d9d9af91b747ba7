import type { ModelName } from '../../model/catalog.js';

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
 * The files beside this module. Each expression is spelled out since bundlers find and copy an asset only by a literal
 * `new URL('…', import.meta.url)`.
 */
export const assetUrls: AssetUrls = {
  compact: {
    model: new URL('../../../models/compact.onnx', import.meta.url).href,
    webgpu: new URL('../../../models/compiled/compact.webgpu.json', import.meta.url).href,
  },
  reference: {
    model: new URL('../../../models/reference.onnx', import.meta.url).href,
    webgpu: new URL('../../../models/compiled/reference.webgpu.json', import.meta.url).href,
  },
};
