import type { Backend } from '../backend.js';
import type { AssetStore } from '../files/asset-store.js';
import type { InferenceError, InferenceErrorCode } from '../inference-error.js';
import type { LoadProgress } from '../load-progress.js';
import type { Model } from '../model.js';

/** Options for starting an engine. */
export interface EngineOptions {
  readonly model: Model;
  readonly assetStore: AssetStore;
  /** Updated while files load; `onProgress` is called after each change. */
  readonly progress: LoadProgress;
  readonly onProgress: () => void;
}

/** A network's outputs for a batch of images, by name, one image after the other. */
export interface Outputs {
  /** Ten per image. */
  readonly logits: Float32Array;
  /** `features` and any other requested output that the model has. */
  readonly [name: string]: Float32Array | undefined;
}

/** The outputs requested by default. */
export const LOGITS: readonly string[] = ['logits'];

/** Runs one model on one backend. Its owner queues the calls that exceed its concurrency. */
export interface Engine {
  readonly backend: Backend;
  /** How many calls may be in flight at a time; they are answered in order. */
  readonly concurrency: number;
  /** Resolves with the reason when the engine fails and cannot answer any more calls. Never rejects. */
  readonly lost: Promise<InferenceError>;
  /**
   * Runs the network on `count` images of 784 values each (`count * 784` in all).
   * @param outputs names of the requested outputs: others are neither copied nor read back; `logits` by default
   * @throws {InferenceError} with a code for which `isEngineLoss` is true if the engine failed, any other if only this
   *   call did
   */
  run(images: Float32Array, count: number, outputs?: readonly string[]): Promise<Outputs>;
  /** Releases everything the engine holds. */
  dispose(): void;
}

/**
 * Whether an engine's answer equals the expected one, each value as a float32 within `tolerance`; NaN equals NaN.
 */
export function isAnswer(answer: ArrayLike<number>, expected: readonly number[], tolerance: number): boolean {
  return (
    answer.length === expected.length &&
    expected.every((value, index) => {
      const float = Math.fround(value);
      return Object.is(answer[index], float) || Math.abs(answer[index] - float) <= tolerance;
    })
  );
}

const lossCodes: ReadonlySet<InferenceErrorCode> = new Set(['program', 'worker', 'timeout', 'device-lost']);

/** Whether an error from `run` means that the engine is lost, and a fresh one may answer the same call. */
export function isEngineLoss({ code }: InferenceError): boolean {
  return lossCodes.has(code);
}
