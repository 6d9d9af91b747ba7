import { program as compact } from '../../../generated/wasm-programs/compact.js';
import type { ModelName } from '../../../model/catalog.js';
import { importOnce } from '../../../model/import-once.js';
import { InferenceError } from '../../inference-error.js';

/** The programs for the processor, in hexadecimal: those that are not in the script are fetched, or rejected with `network`. */
export type WasmPrograms = Readonly<Record<ModelName, () => string | Promise<string>>>;

const importReference = importOnce(
  () => import('../../../generated/wasm-programs/reference.js'),
  'runs the model "reference"',
  InferenceError,
);

/** That of the default model comes in the script: it is compiled while the model is still on its way. */
export const wasmPrograms: WasmPrograms = {
  compact: () => compact,
  reference: async () => (await importReference()).program,
};
