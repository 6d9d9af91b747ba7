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
    bytes: 63079,
    sha256: 'f59c05b56eda41dfc65bed09f887028130c360fa6c5f23d7bf07a51c2bea5fac',
    crc32: 474784818,
    parameters: 58602,
    input: 'image',
    output: 'logits',
    temperature: 1.2223,
    leastEnergy: 1.2895,
    webgpuProgram: {
      file: 'compact.webgpu.json',
      bytes: 45120,
      sha256: '4d188a7d7f64323d7c5857c3585f30ed805f36049ab1580aa1d3f3bb5e9e6d9a',
      crc32: 2052070840,
    },
  },
  reference: {
    file: 'reference.onnx',
    bytes: 406384,
    sha256: '4cb48586ce882f324f86b2a307239ee1bdce5e53c9c6a3743d5e4331aacdef33',
    crc32: 2442351417,
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 1.2707,
    leastEnergy: 0.7976,
    webgpuProgram: {
      file: 'reference.webgpu.json',
      bytes: 36959,
      sha256: '3cbc9edc517c9d6c7988fcc6c19e540c1ed3fdea496e85fa1f62c642ce92c2c6',
      crc32: 1612643692,
    },
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
