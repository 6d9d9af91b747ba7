import { goldenInput, IMAGE_LENGTH, type GoldenAnswer } from '../../../model/index.js';
import type { Asset } from '../../files/asset.js';
import { InferenceError } from '../../inference-error.js';
import { loadAsset } from '../../files/load-asset.js';
import { isAnswer, type Engine, type EngineOptions } from '../engine.js';
import { requireProgramAdapter, startWebGpuProgram } from './webgpu-program.js';

/**
 * How far a logit may differ from the CPU's, relative to the largest logit: GPUs add in another order. A wrong kernel
 * or a driver bug causes far larger differences.
 */
const TOLERANCE = 1e-3;

/**
 * Fetches a WebGPU program and its model in parallel if an adapter is available, starts the program, and tests it on
 * golden inputs.
 * @throws {InferenceError} as `startWebGpuProgram` and `download` do; `program` if it answers wrongly
 */
export async function loadWebGpuProgram(
  asset: Asset,
  acceptFallbackAdapter: boolean,
  options: EngineOptions,
): Promise<Engine> {
  await requireProgramAdapter(acceptFallbackAdapter);
  const [file, model] = await Promise.all([loadAsset(asset, options), loadAsset(options.model.asset, options)]);
  const program = new TextDecoder().decode(await file.bytes());
  const engine = await startWebGpuProgram({ program, weights: await model.bytes(), acceptFallbackAdapter });
  try {
    const { golden } = JSON.parse(program) as { golden?: GoldenAnswer[] };
    for (const { seed, output } of golden ?? []) {
      const { logits } = await engine.run(goldenInput(IMAGE_LENGTH, seed), 1);
      const tolerance = TOLERANCE * Math.max(1, ...output.map(Math.abs));
      if (!isAnswer(logits, output, tolerance)) {
        throw new InferenceError('program', `${asset.url} fails its own test on this device.`);
      }
    }
  } catch (error) {
    engine.dispose();
    throw error;
  }
  return engine;
}
