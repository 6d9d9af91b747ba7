/** The package's models. Data derived from their files is generated: see models/write-catalog.ts. */
import { models } from '../generated/models.js';

/** A WebGPU program compiled from a model, in models/compiled/. */
export interface CatalogProgram {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
}

/** One of the package's models. */
export interface CatalogEntry {
  /** File name in models/. */
  readonly file: string;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
  readonly parameters: number;
  /** Name of the input tensor, float32 `[n, 1, 28, 28]`, 0..1. */
  readonly input: string;
  /** Name of the output tensor, float32 `[n, 10]`, logits. */
  readonly output: string;
  /** Divides the logits before the softmax, so that probabilities are calibrated (Guo et al. 2017). */
  readonly temperature: number;
  /** The energy score (logsumexp of the logits) that nearly all real digits reach; images below it are non-digits. */
  readonly leastEnergy: number;
  /** The WebGPU program compiled from it. The WASM program is in generated/wasm-programs/. */
  readonly webgpuProgram: CatalogProgram;
}

/** Name of a model in the catalog. */
export type ModelName = keyof typeof models;

/** The package's models by name. */
export const catalog: Readonly<Record<ModelName, CatalogEntry>> = models;

/** The model used by default. */
export const DEFAULT_MODEL: ModelName = 'compact';

/** Whether a string is the name of one of the package's models. */
export function isModelName(text: string): text is ModelName {
  return Object.hasOwn(catalog, text);
}

/** Whether a string is meant as a URL: misspelled names contain neither slashes nor dots nor colons. */
export function isModelUrl(text: string): boolean {
  return /[./:]/.test(text);
}
