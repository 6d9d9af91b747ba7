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
    leastEnergy: 1.6863,
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
    sha256: '10f11b1cbbdeabbe605da82a674d53c07ef10152272b17dee8898d62cbda3434',
    crc32: 1798794129,
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 1.0912,
    leastEnergy: 4.5604,
    programs: {
      wasm: {
        file: 'reference.program.wasm',
        bytes: 107096,
        sha256: '34ac43709725bb28cba31ed1a27b767ff4ef0296242762966c745c57f5b13f96',
        crc32: 2435015876,
      },
      webgpu: {
        file: 'reference.webgpu.json',
        bytes: 37044,
        sha256: '2f6663122f1d67f1ecac0da5546655397ad1f21ad7edb3b56b82b0bd9bfd8bd5',
        crc32: 2017517983,
      },
    },
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
