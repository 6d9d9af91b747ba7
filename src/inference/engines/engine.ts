import type { Backend } from '../backend.js';
import type { AssetStore } from '../files/asset-store.js';
import type { InferenceError, InferenceErrorCode } from '../inference-error.js';
import type { LoadProgress } from '../load-progress.js';
import type { Model } from '../model.js';

/** What an engine is started with. */
export interface EngineOptions {
  readonly model: Model;
  readonly assetStore: AssetStore;
  /** Is kept up to date; `onProgress` is called after each change. */
  readonly progress: LoadProgress;
  readonly onProgress: () => void;
}

/** What a network gives for some pictures, by the names of its outputs, picture after picture. */
export interface Outputs {
  /** Ten for each picture. */
  readonly logits: Float32Array;
  /** `features` and whatever else was asked for, where the model has it. */
  readonly [name: string]: Float32Array | undefined;
}

/** What is asked for where nothing else is. */
export const LOGITS: readonly string[] = ['logits'];

/** Something that runs one model on one backend. Its owner queues what it cannot take at once. */
export interface Engine {
  readonly backend: Backend;
  /** How many calls it takes at a time; it answers them in their order. */
  readonly concurrency: number;
  /** Settles, with the reason, when the engine breaks down: it can answer no more. Never rejects. */
  readonly lost: Promise<InferenceError>;
  /**
   * Runs the network on `count` images of 784 values each (`count * 784` in all).
   * @param outputs names of what is wanted: others are neither copied nor read back; `logits` by default
   * @throws {InferenceError} with a code for which `isEngineLoss` holds when the engine broke down, and any other when
   *   only this call failed
   */
  run(images: Float32Array, count: number, outputs?: readonly string[]): Promise<Outputs>;
  /** Releases everything the engine holds. */
  dispose(): void;
}

/**
 * Whether an engine's answer is the one that is known, each value as a float32 within `tolerance`; NaN is NaN.
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

/** Whether an error of `run` means that the engine is gone, and a fresh one may answer the same call. */
export function isEngineLoss({ code }: InferenceError): boolean {
  return lossCodes.has(code);
}
