import { InferenceError } from '../../inference-error.js';
import { isEngineLoss } from '../engine.js';
import { explainWorkerFailure, type StartedWorker } from './create-worker.js';
import type { Commands, Message } from './worker-protocol.js';

interface PendingCommand {
  resolve(result: never): void;
  reject(error: InferenceError): void;
}

/**
 * Sends commands to a worker and awaits its answers. A worker that fails or times out is terminated: only a watchdog
 * can detect that a worker was killed from outside.
 */
export class WorkerConnection {
  /** Resolves with the reason when the worker is lost, unless the page closed it. */
  readonly lost: Promise<InferenceError>;
  readonly #worker: Worker;
  readonly #release: () => void;
  readonly #url: string;
  readonly #pending = new Map<number, PendingCommand>();
  #reportLoss!: (reason: InferenceError) => void;
  #lastId = 0;
  #silent = true;
  #loss: InferenceError | null = null;

  constructor({ worker, release }: StartedWorker, url: string) {
    this.#worker = worker;
    this.#release = release;
    this.#url = url;
    this.lost = new Promise((resolve) => {
      this.#reportLoss = resolve;
    });
    worker.onmessage = ({ data }: MessageEvent<Message>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const detail = event.message ? `: ${event.message}` : '';
      // Once it has answered, it was neither missing nor blocked: a fresh one may answer.
      if (this.#silent) void explainWorkerFailure(this.#url, detail).then((reason) => this.#lose(reason));
      else this.#lose(new InferenceError('worker', `The worker ${this.#url} failed${detail}.`, { url: this.#url }));
    };
  }

  /** Whether the worker has not sent any message: its script may not have run at all. */
  get silent(): boolean {
    return this.#silent;
  }

  /**
   * Sends a command and resolves with its result.
   * @param limit timeout in milliseconds
   * @throws {InferenceError} the worker's own failure, `timeout`, or the reason why the worker was lost
   */
  send<Name extends keyof Commands>(
    command: Name,
    parameters: Commands[Name]['parameters'],
    limit: number,
    transfer: Transferable[] = [],
  ): Promise<Commands[Name]['result']> {
    return new Promise((resolve, reject) => {
      if (this.#loss) {
        reject(this.#loss);
        return;
      }
      const id = ++this.#lastId;
      const watchdog = setTimeout(() => this.#lose(timeout(command, limit, this.#url)), limit);
      const settle = () => {
        clearTimeout(watchdog);
        this.#pending.delete(id);
      };
      this.#pending.set(id, {
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.#worker.postMessage({ id, command, parameters }, transfer);
    });
  }

  /** Terminates the worker and rejects its pending commands. */
  close(): void {
    this.#end(new InferenceError('worker', 'The worker was closed.'));
  }

  #receive(message: Message): void {
    if (this.#silent) this.#release();
    this.#silent = false;
    if (message.type === 'result') {
      this.#pending.get(message.id)?.resolve(message.result as never);
      return;
    }
    const error = new InferenceError(message.failure.code, message.failure.message);
    if (message.type === 'lost' || isEngineLoss(error)) this.#lose(error);
    else this.#pending.get(message.id)?.reject(error);
  }

  #lose(reason: InferenceError): void {
    if (this.#loss) return;
    this.#end(reason);
    this.#reportLoss(reason);
  }

  #end(reason: InferenceError): void {
    this.#loss ??= reason;
    this.#worker.terminate();
    this.#release();
    for (const command of [...this.#pending.values()]) command.reject(this.#loss);
  }
}

function timeout(command: keyof Commands, limit: number, url: string): InferenceError {
  return new InferenceError('timeout', `The worker did not answer "${command}" within ${limit} ms.`, { url });
}
