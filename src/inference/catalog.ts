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
    sha256: '9d42be2d347b7117168affbaa697274648165353c36f3324fa76ea2e7bb11ec1',
    crc32: 7224938,
    parameters: 58602,
    input: 'image',
    output: 'logits',
    temperature: 1.0232,
    leastEnergy: 0.4249,
    webgpuProgram: {
      file: 'compact.webgpu.json',
      bytes: 45236,
      sha256: '4be0507266a35255a78b5cb9dca19e50ceca64e3e14b251d1287fa51293a058b',
      crc32: 2775056407,
    },
  },
  reference: {
    file: 'reference.onnx',
    bytes: 316555,
    sha256: '0a9307d89ce9d877b7f5cda69fca8d1ffb2dd26d2581b72dec139e679db7253f',
    crc32: 4105169014,
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 1.1004,
    leastEnergy: 0.1426,
    webgpuProgram: {
      file: 'reference.webgpu.json',
      bytes: 37079,
      sha256: '1d18bcd02099c0e60b6b1ba89c5ca5dde4696aaf836e315747cec74ecab52a43',
      crc32: 4057383729,
    },
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
