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
    bytes: 119701,
    sha256: '333a3b0148d76b9ef79430da98769f47ec36c1813125e9db6cf6f371a721767d',
    crc32: 1915450531,
    parameters: 58602,
    input: 'image',
    output: 'logits',
    temperature: 0.9859,
    leastEnergy: 0.2305,
    programs: {
      wasm: {
        file: 'compact.program.wasm',
        bytes: 122589,
        sha256: '6cb81f4a4d9f1858a8fa2c931d33db947a2773be18334e9f38a74dbabccac7d5',
        crc32: 2159602628,
      },
      webgpu: {
        file: 'compact.webgpu.json',
        bytes: 45026,
        sha256: '8b5601bbe244ab2e2f3f50fc0ba857c5823e7ad11e0ff89aefd42599c85326be',
        crc32: 3592293670,
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
