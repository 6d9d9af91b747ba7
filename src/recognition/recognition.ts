import type { Backend } from '../inference/index.js';

/** One digit and how probable the network holds it to be. */
export interface Prediction {
  /** 0..9 */
  readonly digit: number;
  /** Calibrated, 0..1. */
  readonly probability: number;
}

/** The network's own description of a picture: drawings that are alike have features of a similar direction. */
export interface Features {
  /** Identifies the model that made them: the SHA-256 of its file in hexadecimal, or its URL. */
  readonly model: string;
  /** The values before the network's last layer; its logits where a model gives nothing else. */
  readonly values: Float32Array;
}

/** What was read. */
export interface Recognition {
  /** 0..9, or null for a blank input and for non-digits. */
  readonly digit: number | null;
  /** Why `digit` is null. */
  readonly reason: 'blank' | 'not-a-digit' | null;
  /** Calibrated probability of `digit`, 0..1; 0 when there is none. */
  readonly confidence: number;
  /** All ten digits, best first; the nearest guesses for a non-digit. The probabilities add up to 1. */
  readonly predictions: readonly Prediction[];
  /** How much the picture is like any digit at all: the energy score, higher for digits; -Infinity when blank. */
  readonly energy: number;
  /** 28x28 values, row-major, 0 (paper) to 1 (ink): what the network saw. */
  readonly image: Float32Array;
  /** Whether the digit is what a profile has learned, in place of what the network says. */
  readonly learned: boolean;
  /** What a profile compares drawings by; null without a profile, and when blank. */
  readonly features: Features | null;
  /** Where the network ran. A blank picture is answered without it; then the backend that would have been asked. */
  readonly backend: Backend;
  /** Milliseconds from source to picture, and from picture to logits. */
  readonly timings: { readonly prepare: number; readonly infer: number };
}

/** What the user says the digit is, where the network says something else or nothing. */
export interface Correction {
  /** 0..9 */
  readonly digit: number;
  /** Whether it was picked from the list of digits, or typed. */
  readonly by: 'picked' | 'typed';
}
