/**
 * Which drawings are trained on, and which are held out: the next user is someone whom no network has seen, most often
 * with a device and in a country that none has seen either.
 */

/** Whose drawing it is. */
export interface Origin {
  readonly writer: string;
  /** Who gave this and other writers' drawings, where a file names its donors. */
  readonly donor: string | null;
}

/** Trained on; held out as some writers of donors that are trained on; held out as all of a donor, to choose and to measure with. */
export type Part = 'train' | 'writers' | 'donor' | 'measured-donor';

/** The donor whose drawings choose the temperature and the least energy, together with the writers held out. */
const VALIDATION_DONOR = 'd01';
/** The donor whose drawings are measured with, and choose nothing. */
const MEASURED_DONOR = 'd06';

const WRITERS_PER_HELD_OUT_WRITER = 6;

/** The part of every drawing. Every sixth writer, in the order of their names, is held out. */
export function splitByOrigin(origins: Iterable<Origin>): (origin: Origin) => Part {
  const writers = [...new Set(Array.from(origins, ({ writer }) => writer))].sort();
  const heldOut = new Set(writers.filter((_, index) => index % WRITERS_PER_HELD_OUT_WRITER === 3));
  return ({ writer, donor }) => {
    if (donor === VALIDATION_DONOR) return 'donor';
    if (donor === MEASURED_DONOR) return 'measured-donor';
    return heldOut.has(writer) ? 'writers' : 'train';
  };
}
