// Generated from models/catalog.json by models/write-catalog.ts. Change the models, not this file.

/** A program for WebGPU, compiled from a model, in models/compiled/. */
export interface CatalogProgram {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
}

/** One of the package's models. */
export interface CatalogEntry {
  /** File name, beside the others in models/. */
  readonly file: string;
  /** Size of the file. */
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
  /** The energy score (logsumexp of the logits) that 99.5 % of real digits reach; below it, it is no digit. */
  readonly leastEnergy: number;
  /** Compiled from it. The program for the processor is in wasm-programs.ts. */
  readonly webgpuProgram: CatalogProgram;
}

/** Name of a model in the catalogue. */
export type ModelName = 'compact' | 'reference';

/** The package's models by name. */
export const catalog: Readonly<Record<ModelName, CatalogEntry>> = {
  compact: {
    file: 'compact.onnx',
    bytes: 63041,
    sha256: 'd19ababd4df860b2ff0e93ede1f1862c8412f020d9b6e4c72b8bc7865a7d00e6',
    crc32: 3354512935,
    parameters: 58602,
    input: 'image',
    output: 'logits',
    temperature: 1.2223,
    leastEnergy: 1.2895,
    webgpuProgram: {
      file: 'compact.webgpu.json',
      bytes: 45235,
      sha256: 'cb58449cc837296e29d960c1f8355c1207cbe6576f3f5de017b6bf90249c612b',
      crc32: 2658906500,
    },
  },
  reference: {
    file: 'reference.onnx',
    bytes: 406345,
    sha256: '7ab70015ef3f0260030a8f816c15b0d1fcce720c0637777653aafd988fb9bb4b',
    crc32: 909017309,
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 1.2707,
    leastEnergy: 0.7976,
    webgpuProgram: {
      file: 'reference.webgpu.json',
      bytes: 37077,
      sha256: 'bfb9cd06a16514aefb1f21595b8984c7712b0c0bd4559b9603fee774c32d928f',
      crc32: 551811289,
    },
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
