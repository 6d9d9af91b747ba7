import type { RecognitionService } from '../../src/recognition/reading-loop.js';

interface Request {
  readonly image: Float32Array;
  readonly signal: AbortSignal | undefined;
  /** Answers that the picture is this digit, with a logit that is the energy as well. */
  answer(digit: number, logit?: number): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** Lets everything that waits for promises go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A service whose answers the test gives, one by one. */
export class FakeService extends EventTarget implements RecognitionService {
  status: RecognitionService['status'] = 'ready';
  progress = { loaded: 0, total: 0 };
  backend: RecognitionService['backend'] = 'wasm';
  error: RecognitionService['error'] = null;
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

  infer(image: Float32Array, _count: number, { signal }: { signal?: AbortSignal } = {}): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      this.requests.push({
        image,
        signal,
        answer: (digit, logit = 20) => {
          resolve(Float32Array.from({ length: 10 }, (_, index) => (index === digit ? logit : 0)));
          return settle();
        },
        fail: (error) => {
          reject(error);
          return settle();
        },
      });
    });
  }
}
