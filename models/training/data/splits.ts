/**
 * Splits drawings into those for training and those held out: the next user is someone whom the networks have not seen,
 * usually with a device and in a country that they have not seen either.
 */

/** The writer of the drawing. */
export interface Origin {
  readonly writer: string;
  /** The donor of this and other writers' drawings, if the file names donors. */
  readonly donor: string | null;
}

/**
 * For training; held out as a sample of the training donors' writers; held out as an entire donor, for validation and
 * for testing.
 */
export type Part = 'train' | 'writers' | 'donor' | 'measured-donor';

/**
 * The donor whose drawings, together with those of held-out writers, determine the temperature and the energy threshold.
 */
const VALIDATION_DONOR = 'd01';
/** The donor whose drawings are used for testing only. */
const MEASURED_DONOR = 'd06';

const WRITERS_PER_HELD_OUT_WRITER = 6;

/** Returns the split of every drawing. Every sixth writer, in alphabetical order, is held out. */
export function splitByOrigin(origins: Iterable<Origin>): (origin: Origin) => Part {
  const writers = [...new Set(Array.from(origins, ({ writer }) => writer))].sort();
  const heldOut = new Set(writers.filter((_, index) => index % WRITERS_PER_HELD_OUT_WRITER === 3));
  return ({ writer, donor }) => {
    if (donor === VALIDATION_DONOR) return 'donor';
    if (donor === MEASURED_DONOR) return 'measured-donor';
    return heldOut.has(writer) ? 'writers' : 'train';
  };
}
