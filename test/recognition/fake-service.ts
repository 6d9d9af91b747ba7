import { nextTask } from '../../src/utils/index.js';
import type { RecognitionService } from '../../src/recognition/reading-loop.js';
import { wait } from '../support/wait.js';

interface Request {
  /** The first one. */
  readonly image: Float32Array;
  readonly signal: AbortSignal | undefined;
  /** Answers each image with this digit, with a logit that is also the energy. */
  answer(digit: number, logit?: number): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** Lets all pending promise callbacks run, and reading begin, which may request a task of its own once in one. */
export async function settle(): Promise<void> {
  for (let task = 0; task < 3; task++) await nextTask();
  await wait();
}

/** A service with answers by the test, one by one. */
export class FakeService extends EventTarget implements RecognitionService {
  status: RecognitionService['status'] = 'ready';
  progress = { loaded: 0, total: 0 };
  backend: RecognitionService['backend'] = 'wasm';
  error: RecognitionService['error'] = null;
  modelId = 'fake';
  temperature = 1;
  leastEnergy = -Infinity;
  users = 0;
  loads = 0;
  load: () => Promise<void> = () => {
    this.loads += 1;
    return Promise.resolve();
  };
  readonly requests: Request[] = [];

  firstLayer: RecognitionService['firstLayer'] = () => Promise.reject(new Error('There is no model.'));

  retain(): void {
    this.users += 1;
  }

  release(): void {
    this.users -= 1;
  }

  infer(images: Float32Array, count: number, { signal }: { signal?: AbortSignal } = {}): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      this.requests.push({
        image: images.slice(0, images.length / count),
        signal,
        answer: (digit, logit = 20) => {
          resolve(Float32Array.from({ length: 10 * count }, (_, index) => (index % 10 === digit ? logit : 0)));
          return settle();
        },
        fail: (error) => {
          reject(error);
          return settle();
        },
      });
    });
  }

  /** The features are the logits. */
  async run(...call: Parameters<RecognitionService['run']>): ReturnType<RecognitionService['run']> {
    const logits = await this.infer(...call);
    return { logits, features: call[2]?.features ? logits : null };
  }
}
