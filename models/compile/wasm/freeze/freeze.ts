/** ONNX Runtime itself as a program, stopped between two runs: the steps in their order. */
import type { Weights } from '../../weights.js';
import type { Snapshot } from '../capture.js';
import type { Program } from '../content.js';
import { emit } from './emit.js';
import { prune } from './prune.js';
import { trace } from './trace.js';

/** @param sample an input for the run that shows what is needed */
export function freeze(snapshot: Snapshot, weights: Weights, sample: Float32Array): Program {
  const traced = trace(snapshot, sample);
  const content = prune(snapshot, traced, weights);
  const { input, output } = snapshot;
  return { module: emit(snapshot, traced, content), content, input, output };
}
