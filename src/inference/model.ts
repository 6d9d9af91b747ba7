import { catalog, DEFAULT_MODEL, isModelName, isModelUrl } from '../model/index.js';
import { describeValue } from '../utils/index.js';
import type { WasmPrograms } from './engines/wasm/wasm-programs.js';
import type { AssetUrls } from './files/assets.js';
import { modelAsset, webgpuAsset, type Asset, type KnownFile } from './files/asset.js';
import { InferenceError } from './inference-error.js';

/** A model to run: its file, and what is known about it. */
export interface Model {
  /** Identifies the model: its name in the catalog, or its absolute URL. */
  readonly key: string;
  /** Identifies the model's file: its SHA-256 in the catalog, in hexadecimal, or its absolute URL. */
  readonly id: string;
  readonly asset: Asset;
  /** The programs compiled from it, the WASM one in hexadecimal; null for a model given by URL. */
  readonly programs: { readonly wasm: () => string | Promise<string>; readonly webgpu: Asset } | null;
  /** Name of the input tensor, float32 `[n, 1, 28, 28]`; `null`: the model's first. */
  readonly input: string | null;
  /** Name of the output tensor, float32 `[n, 10]`; `null`: the model's first. */
  readonly output: string | null;
  /** Divides the logits before the softmax, so that probabilities are calibrated (Guo et al. 2017); 1 if unknown. */
  readonly temperature: number;
  /** The energy score (logsumexp of the logits) below which an image is a non-digit; -Infinity if unknown. */
  readonly leastEnergy: number;
}

/** Where to get the catalog's models. */
export interface ModelSources {
  readonly assetUrls: AssetUrls;
  /** Their WASM programs. */
  readonly wasmPrograms: WasmPrograms;
}

/**
 * Resolves a model by its name in the catalog, or by URL, relative to the document, or in a worker to its script.
 * @throws {InferenceError} `invalid-input` if it is neither
 */
export function resolveModel(model: unknown, { assetUrls, wasmPrograms }: ModelSources): Model {
  const name = model ?? DEFAULT_MODEL;
  if (typeof name !== 'string') throw noModel(name);
  if (isModelName(name)) {
    const { input, output, temperature, leastEnergy, webgpuProgram, ...file } = catalog[name];
    const urls = assetUrls[name];
    return {
      key: name,
      id: file.sha256,
      asset: modelAsset(urls.model, known(file)),
      programs: {
        wasm: wasmPrograms[name],
        webgpu: webgpuAsset(urls.webgpu, known(webgpuProgram)),
      },
      input,
      output,
      temperature,
      leastEnergy,
    };
  }
  const url = resolveUrl(name);
  const notInCatalog = { programs: null, input: null, output: null, temperature: 1, leastEnergy: -Infinity };
  return { key: url, id: url, asset: modelAsset(url), ...notInCatalog };
}

function known({ bytes, sha256, crc32 }: Required<KnownFile>): Required<KnownFile> {
  return { bytes, sha256, crc32 };
}

function resolveUrl(url: string): string {
  try {
    if (!isModelUrl(url)) throw new TypeError('a URL has a slash, a dot or a colon');
    return new URL(url, baseUrl()).href;
  } catch (cause) {
    throw noModel(url, cause);
  }
}

const baseUrl = (): string | undefined => globalThis.document?.baseURI ?? globalThis.location?.href;

function noModel(given: unknown, cause?: unknown): InferenceError {
  const names = Object.keys(catalog).map((name) => `"${name}"`);
  const kind = baseUrl() ? 'URL' : 'absolute URL';
  const message = `There is no model ${describeValue(given)}. Use ${names.join(' or ')}, or the ${kind} of an .onnx file.`;
  return new InferenceError('invalid-input', message, { cause });
}
