/** The jobs of an evaluation: sets of samples, each with the way it is read. */
import type { ReadOptions, Source } from './page.js';
import type { ProductPage } from './product-page.js';
import type { Answer } from './statistics.js';

/** How samples are read, in Markdown. */
export const ways = {
  service: 'as published (28x28), averaged over three views',
  pad: 'redrawn on `<digit-recognizer>` with a pointer',
  numberPad: 'redrawn on `<digit-recognizer multiple>` with a pointer',
  recognize: 'through `recognize(strokes)`',
  recognizeAll: 'through `recognizeAll(strokes)`',
  picture: 'through `recognize(ImageData)`',
  canvas: 'painted on a canvas',
  numberCanvas: 'painted on a canvas, through `recognizeAll(canvas)`',
  photograph: 'as JPEG files through `recognize(Blob)`',
  file: 'through `recognize(Blob)`',
  numberFile: 'through `recognizeAll(Blob)`',
};

export type Way = keyof typeof ways;

/** How samples were changed, and how strongly. */
export interface Condition {
  readonly family: 'distorted' | 'redrawn' | 'photographed';
  readonly kind: string;
  /** Unit of the strength; empty if there is none. */
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
  /** null if samples are unchanged. */
  readonly condition: Condition | null;
  /** Reads all samples, batch by batch. */
  read(page: ProductPage): AsyncIterable<Answer[]>;
}

interface JobOptions<Sample> extends Pick<Job, 'name' | 'through'>, Partial<Pick<Job, 'kind' | 'condition'>> {
  readonly samples: readonly Sample[];
  readonly batchSize?: number;
  /** @param start index of the batch's first sample */
  readonly read: (page: ProductPage, batch: readonly Sample[], start: number) => Promise<Answer[]>;
}

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
    async *read(page) {
      for (let start = 0; start < samples.length; start += batchSize) {
        yield read(page, samples.slice(start, start + batchSize), start);
      }
    },
  };
}

/** Reads each sample through `recognize()` or `recognizeAll()`, in a form that these accept. */
export const readAs =
  <Sample>(toSource: (sample: Sample, index: number) => Source | Promise<Source>, options: ReadOptions = {}) =>
  async (page: ProductPage, batch: readonly Sample[], start: number): Promise<Answer[]> => {
    const sources = batch.map(async (sample, index) => await toSource(sample, start + index));
    return page.call('read', await Promise.all(sources), options);
  };
