/** Runs in a frame of its own: infers once and reports the result to the parent page. */
import { InferenceError } from '../../src/inference/inference-error.js';
import { InferenceService } from '../../src/inference/inference-service.js';

export interface FramedResult {
  isolated: boolean;
  values: number;
  code: string | null;
  message: string;
}

const result: FramedResult = { isolated: crossOriginIsolated, values: 0, code: null, message: '' };
try {
  const parameters = new URLSearchParams(location.search);
  const model = parameters.get('model') ?? 'compact';
  if (parameters.get('runtime') === 'plugged in') await import('../../src/onnxruntime.js');
  const service = new InferenceService({ model, backend: 'wasm' });
  result.values = (await service.infer(new Float32Array(784), 1)).length;
} catch (error) {
  result.code = error instanceof InferenceError ? error.code : 'unknown';
  result.message = String(error);
}
parent.postMessage(result, location.origin);
