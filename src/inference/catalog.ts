// Generated from models/catalog.json by models/write-catalog.ts. Change the models, not this file.

/** A program compiled from a model, in models/compiled/. */
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
  /** The programs compiled from it. */
  readonly programs: { readonly wasm: CatalogProgram; readonly webgpu: CatalogProgram };
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
    programs: {
      wasm: {
        file: 'compact.program.wasm',
        bytes: 123105,
        sha256: '64e07d2114076a741b584b3ea66c4f0500fce0f08e4e1d1720d4f29b479f7c9f',
        crc32: 4083878707,
      },
      webgpu: {
        file: 'compact.webgpu.json',
        bytes: 45236,
        sha256: '4be0507266a35255a78b5cb9dca19e50ceca64e3e14b251d1287fa51293a058b',
        crc32: 2775056407,
      },
    },
  },
  reference: {
    file: 'reference.onnx',
    bytes: 4742034,
    sha256: 'd58426a883b74db59aefb95be579564f95baa5ee4f9be17a3e5c3b3781b8e8ad',
    crc32: 2654274819,
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 1.1667,
    leastEnergy: 0.2347,
    programs: {
      wasm: {
        file: 'reference.program.wasm',
        bytes: 107082,
        sha256: 'a2490d59e0e37dd04d8ff38fc45c47c1daa063daa5456533337ca57edfbffec0',
        crc32: 307018709,
      },
      webgpu: {
        file: 'reference.webgpu.json',
        bytes: 37030,
        sha256: 'bc673e07fb1a6f411bdd629d67f9aa01ef0b674f0d6ad98b9b2dcb3ee087b11e',
        crc32: 869727830,
      },
    },
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
