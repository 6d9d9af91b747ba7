import type { Box } from '../imaging/index.js';
import type { Backend } from '../inference/index.js';

/** A digit and its probability according to the network. */
export interface Prediction {
  /** 0..9 */
  readonly digit: number;
  /** Calibrated, 0..1. */
  readonly probability: number;
}

/** The network's representation of an image: similar drawings have features of similar direction. */
export interface Features {
  /** Identifies the model: the SHA-256 of its file in hexadecimal, or its URL. */
  readonly model: string;
  /** The values before the network's last layer; its logits if a model outputs nothing else. */
  readonly values: Float32Array;
}

/** The result of reading one digit. */
export interface Recognition {
  /** 0..9; null for blank input and non-digits. */
  readonly digit: number | null;
  /** Why `digit` is null. */
  readonly reason: 'blank' | 'not-a-digit' | null;
  /** Calibrated probability of `digit`, 0..1; 0 without a digit. */
  readonly confidence: number;
  /** All ten digits, best first; for a non-digit, the nearest guesses. The probabilities add up to 1. */
  readonly predictions: readonly Prediction[];
  /**
   * How much the image resembles any digit: the energy score, higher for digits; -Infinity when blank. Like the
   * predictions, it follows from the mean of the logits for the image as it is and slightly rotated both ways.
   */
  readonly energy: number;
  /** 28x28 values, row-major, 0 (paper) to 1 (ink): what the network saw. */
  readonly image: Float32Array;
  /** Whether the digit comes from a profile, and not from the network. */
  readonly learned: boolean;
  /** The features that a profile compares drawings by; null without a profile, and when blank. */
  readonly features: Features | null;
  /**
   * The backend that ran the network. Blank images are answered without it; then, the backend that would have run it.
   */
  readonly backend: Backend;
  /** Milliseconds from source to image, and from image to logits. */
  readonly timings: { readonly prepare: number; readonly infer: number };
}

/** One digit of a number. */
export interface PlacedRecognition extends Recognition {
  /** Bounding box of its ink, in the units of the source. */
  readonly box: Box;
}

/** The user's correction of a digit. */
export interface Correction {
  /** 0..9 */
  readonly digit: number;
  /** Whether it was picked from the list of digits, or typed. */
  readonly by: 'picked' | 'typed';
}
