import { program as compact } from '../../../generated/wasm-programs/compact.js';
import type { ModelName } from '../../../model/index.js';
import { importOnce } from '../../../utils/index.js';
import { InferenceError } from '../../inference-error.js';

/** WASM programs in hexadecimal. Those not in the main script are fetched, and reject with `network` on failure. */
export type WasmPrograms = Readonly<Record<ModelName, () => string | Promise<string>>>;

const importReference = importOnce(
  () => import('../../../generated/wasm-programs/reference.js'),
  'runs the model "reference"',
  InferenceError,
);

/** The default model's program is part of the main script, so that it compiles while the model is loading. */
export const wasmPrograms: WasmPrograms = {
  compact: () => compact,
  reference: async () => (await importReference()).program,
};
