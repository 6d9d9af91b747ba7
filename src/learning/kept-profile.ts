import type { Recognition } from '../recognition/index.js';
import { LearningError, otherModel } from './learning-error.js';
import { addLesson, type Lesson } from './lessons.js';
import type { ProfileKey } from './profile-database.js';
import { EMPTY, readProfile, writeProfile, type ProfileContent } from './profile-json.js';
import { WriterProfile } from './writer-profile.js';

/** Milliseconds for which an answer waits for the storage. Some browsers never answer. */
const PATIENCE = 1000;

/** Notifies the other tabs of the name that has changed. */
const CHANNEL = 'digit-recognizer-profiles';

/**
 * A profile that is kept on this device under a name, and shared with the other tabs of the site.
 *
 * What is learned holds at once, and is written to the storage behind that: on top of what other tabs have written
 * since. Where the storage is refused, full or broken, the profile lives as long as the page, and every lesson tries
 * again.
 */
export class KeptProfile extends WriterProfile {
  /** Settles when what was kept has been read, or cannot be. Never rejects. */
  override readonly ready: Promise<void>;

  readonly #key: ProfileKey;
  readonly #channel: BroadcastChannel | null;
  /** What the storage is known to hold. */
  #stored: ReadonlySet<Lesson> = new Set();
  #forgotten = false;
  /** Settles when the last access has ended. One after the other, so that each starts from what is there. */
  #access: Promise<void> = Promise.resolve();
  #waiting = false;

  constructor(name: string, model: string) {
    super();
    this.#key = [name, model];
    this.#channel = openChannel((changed) => {
      if (changed === name) void this.#synchronize();
    });
    const read = this.#synchronize();
    this.ready = Promise.race([read, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  override learn(recognition: Recognition, digit: number | null): void {
    const model = recognition.features?.model ?? this.#key[1];
    if (model !== this.#key[1]) throw otherModel(this.#key[1], model);
    super.learn(recognition, digit);
    void this.#synchronize();
  }

  override forget(): void {
    super.forget();
    this.#forgotten = true;
    void this.#synchronize();
  }

  /** Settles when all that was learned or forgotten so far has been written, or could not be. */
  get written(): Promise<void> {
    return this.#access;
  }

  #synchronize(): Promise<void> {
    // What waits for its turn will see this change as well.
    if (this.#waiting) return this.#access;
    this.#waiting = true;
    this.#access = this.#access.then(async () => {
      this.#waiting = false;
      try {
        await this.#exchange();
      } catch {
        // Refused, full or broken: what is in memory is what there is.
      }
    });
    return this.#access;
  }

  async #exchange(): Promise<void> {
    // Few pages keep a profile. Where it cannot be fetched, the next lesson tries again, as with the storage itself.
    const { deleteRecords, readRecord, updateRecord } = await import('./profile-database.js');
    if (this.#forgotten) {
      await deleteRecords(this.#key[0]);
      this.#forgotten = false;
      this.#stored = new Set();
      this.#announce();
    }
    if (this.#unwritten.length === 0) {
      this.#adopt(readKept(await readRecord(this.#key), this.#key));
      return;
    }
    let merged: ProfileContent = EMPTY;
    await updateRecord(this.#key, (record) => {
      const unwritten = this.#unwritten;
      const { length } = unwritten[0].features;
      const kept = readKept(record, this.#key).lessons.filter(({ features }) => features.length === length);
      merged = { model: this.#key[1], lessons: unwritten.reduce(addLesson, kept) };
      return writeProfile(merged);
    });
    this.#adopt(merged);
    this.#announce();
  }

  get #unwritten(): readonly Lesson[] {
    return this.content.lessons.filter((lesson) => !this.#stored.has(lesson));
  }

  /** Takes over what the storage holds; what was learned or forgotten meanwhile is not in it yet. */
  #adopt(kept: ProfileContent): void {
    if (this.#forgotten) return;
    const meanwhile = this.#unwritten.filter((lesson) => !kept.lessons.includes(lesson));
    this.#stored = new Set(kept.lessons);
    this.content = meanwhile.length > 0 ? { ...kept, lessons: meanwhile.reduce(addLesson, kept.lessons) } : kept;
  }

  #announce(): void {
    this.#channel?.postMessage(this.#key[0]);
  }
}

/**
 * What a record says. What is damaged is nothing, and will be overwritten.
 * @throws {LearningError} `newer-version`: what a newer version of the package wrote in another tab is left alone
 */
function readKept(record: unknown, [, model]: ProfileKey): ProfileContent {
  if (record === undefined) return EMPTY;
  try {
    const kept = readProfile(record);
    return kept.model === model ? kept : EMPTY;
  } catch (error) {
    if (error instanceof LearningError && error.code === 'newer-version') throw error;
    return EMPTY;
  }
}

function openChannel(onMessage: (name: unknown) => void): BroadcastChannel | null {
  try {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(data);
    return channel;
  } catch {
    // Sandboxed pages have none; they share no storage either.
    return null;
  }
}
