// Generated from models/catalog.json by models/write-catalog.ts. Change the models, not this file.

/** One of the package's models. */
export interface CatalogEntry {
  /** File name, beside the others in models/. */
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly parameters: number;
  /** Name of the input tensor, float32 `[n, 1, 28, 28]`, 0..1. */
  readonly input: string;
  /** Name of the output tensor, float32 `[n, 10]`, logits. */
  readonly output: string;
  /** Divides the logits before the softmax, so that probabilities are calibrated (Guo et al. 2017). */
  readonly temperature: number;
}

/** Name of a model in the catalogue. */
export type ModelName = 'compact' | 'reference';

/** The package's models by name. */
export const catalog: Readonly<Record<ModelName, CatalogEntry>> = {
  compact: {
    file: 'compact.onnx',
    bytes: 119701,
    sha256: '5b85ee24b7e2d089609d83f458fc1253a42a0f7e3d7421499cebedc92ec0dfc0',
    parameters: 58602,
    input: 'image',
    output: 'logits',
    temperature: 0.9511,
  },
  reference: {
    file: 'reference.onnx',
    bytes: 4742034,
    sha256: '1906af9a8795790a3e9e46d11a5589a1614d32e6ffc60555430c8b54db21b585',
    parameters: 4738826,
    input: 'image',
    output: 'logits',
    temperature: 0.8983,
  },
};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
