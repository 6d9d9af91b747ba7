/** The jobs of an evaluation: sets of samples, each with the way it is read. */
import type { ProductPage } from './product-page.js';
import type { Answer } from './statistics.js';

/** How samples are read, in words. */
export const ways = {
  service: 'through the inference service, in batches of up to 100',
  recognize: 'through recognize(strokes)',
  recognizeAll: 'through recognizeAll(strokes)',
  pad: 'drawn on <digit-recognizer> with a pointer',
  numberPad: 'drawn on <digit-recognizer multiple> with a pointer',
  picture: 'as pictures through recognize(ImageData)',
  photograph: 'as JPEG files through recognize(Blob)',
  file: 'as files through recognize(Blob)',
  numberFile: 'as files through recognizeAll(Blob)',
  canvas: 'painted on a canvas, through recognize(canvas)',
  numberCanvas: 'painted on a canvas, through recognizeAll(canvas)',
};

export type Way = keyof typeof ways;

/** How samples were changed, and how strongly. */
export interface Condition {
  readonly family: 'distorted' | 'redrawn' | 'photographed';
  readonly kind: string;
  /** Unit of the strength; empty where there is none. */
  readonly unit: string;
  readonly strength: number;
}

export interface Job {
  /** Name of the set. */
  readonly name: string;
  readonly through: Way;
  /** `learning`: digits whose writers correct what is read wrongly, and whose profiles learn from it. */
  readonly kind: 'digits' | 'numbers' | 'nondigits' | 'learning';
  /** One for each sample; none for non-digits. */
  readonly labels: readonly string[];
  /** Number of samples. */
  readonly count: number;
  /** null where samples are unchanged. */
  readonly condition: Condition | null;
  /** @param advance is called with the number of samples read since the last call */
  run(page: ProductPage, advance: (count: number) => void): Promise<Answer[]>;
}

interface JobOptions<Sample> {
  readonly name: string;
  readonly through: Way;
  readonly kind?: Job['kind'];
  readonly samples: readonly Sample[];
  readonly condition?: Condition | null;
  /** Samples per step of the progress bar. */
  readonly batchSize?: number;
  /** @param start index of the batch's first sample */
  readonly read: (page: ProductPage, batch: readonly Sample[], start: number) => Promise<Answer[]>;
}

/** A job that reads samples batch by batch. */
export function createJob<Sample extends object>({
  kind = 'digits',
  samples,
  condition = null,
  batchSize = 100,
  read,
  ...rest
}: JobOptions<Sample>): Job {
  return {
    ...rest,
    kind,
    condition,
    count: samples.length,
    labels: samples.flatMap((sample) => ('label' in sample && kind !== 'nondigits' ? [String(sample.label)] : [])),
    run: async (page, advance) => {
      const answers: Answer[] = [];
      for (let start = 0; start < samples.length; start += batchSize) {
        const batch = await read(page, samples.slice(start, start + batchSize), start);
        answers.push(...batch);
        advance(batch.length);
      }
      return answers;
    },
  };
}
