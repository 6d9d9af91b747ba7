import type { Recognition } from '../recognition/index.js';
import { LearningError } from './learning-error.js';
import { addLesson, type Lesson } from './lessons.js';
import { deleteRecords, readRecord, updateRecord, type ProfileKey } from './profile-database.js';
import { EMPTY, readProfile, writeProfile, type ProfileContent } from './profile-json.js';
import { featuresOf, type WriterProfile } from './writer-profile.js';

/** How long an answer waits for storage, in milliseconds. Some browsers never respond. */
const READ_TIMEOUT = 1000;

/** Notifies other tabs of the name whose profile changed. */
const CHANNEL = 'digit-recognizer-profiles';

/** A profile that is persisted on this device under a name. */
export interface KeptProfile extends WriterProfile {
  /** Resolves when all changes so far have been written, or could not be. */
  readonly written: Promise<void>;
}

/**
 * Opens a profile that is persisted on this device under a name, and shared with the site's other tabs.
 *
 * Lessons take effect at once and are written in the background, merged with what other tabs have written since. If
 * storage is refused, full or broken, the profile lives as long as the page, and every lesson retries.
 *
 * @param Profile the class of the page's other profiles: few pages store one, so that this module is fetched by itself,
 *   and must not bring its own
 */
export function openKeptProfile(Profile: typeof WriterProfile, name: string, model: string): KeptProfile {
  class Kept extends Profile {
    /** Resolves when the stored profile has been read, or could not be. Never rejects. */
    override readonly ready: Promise<void>;

    readonly #key: ProfileKey = [name, model];
    readonly #channel: BroadcastChannel | null;
    /** Lessons known to be in storage. */
    #stored: ReadonlySet<Lesson> = new Set();
    #mustDelete = false;
    /**
     * Resolves when the last storage access has finished. Accesses are serialized, so that each sees the latest state.
     */
    #access: Promise<void> = Promise.resolve();
    #queued = false;

    constructor() {
      super();
      this.#channel = openChannel((changed) => {
        if (changed === name) void this.#synchronize();
      });
      const read = this.#synchronize();
      this.ready = Promise.race([read, new Promise<void>((resolve) => setTimeout(resolve, READ_TIMEOUT))]);
    }

    override learn(recognition: Recognition, digit: number | null): void {
      this.#startOverIfReplaced(recognition);
      super.learn(recognition, digit);
      void this.#synchronize();
    }

    override apply(recognition: Recognition, leastEnergy: number): Recognition {
      this.#startOverIfReplaced(recognition);
      return super.apply(recognition, leastEnergy);
    }

    protected override get expectedModel(): string {
      return this.#key[1];
    }

    /** Drops the lessons if the model at a URL has been replaced by one with other features: the page cannot do it. */
    #startOverIfReplaced(recognition: Recognition): void {
      const features = featuresOf(recognition);
      const [first] = this.content.lessons;
      if (!first || features?.model !== this.expectedModel || features.values.length === first.features.length) return;
      this.content = EMPTY;
    }

    override forget(): void {
      super.forget();
      this.#mustDelete = true;
      void this.#synchronize();
    }

    /** Resolves when all changes so far have been written, or could not be. */
    get written(): Promise<void> {
      return this.#access;
    }

    #synchronize(): Promise<void> {
      // A queued access will include this change.
      if (this.#queued) return this.#access;
      this.#queued = true;
      this.#access = this.#access.then(async () => {
        this.#queued = false;
        try {
          await this.#exchange();
        } catch {
          // Storage is refused, full or broken: the profile stays in memory.
        }
      });
      return this.#access;
    }

    async #exchange(): Promise<void> {
      if (this.#mustDelete) {
        await deleteRecords(this.#key[0]);
        this.#mustDelete = false;
        this.#stored = new Set();
        this.#announce();
      }
      if (this.#unwritten.length === 0) {
        this.#adopt(readKept(await readRecord(this.#key), this.#key), []);
        return;
      }
      let merged: ProfileContent = EMPTY;
      let written: readonly Lesson[] = [];
      await updateRecord(this.#key, (record) => {
        written = this.#unwritten;
        merged = this.#merge(readKept(record, this.#key), written);
        return writeProfile(merged);
      });
      this.#adopt(merged, written);
      this.#announce();
    }

    get #unwritten(): readonly Lesson[] {
      return this.content.lessons.filter((lesson) => !this.#stored.has(lesson));
    }

    /**
     * Adopts the stored profile, except for what was learned or forgotten in the meantime.
     *
     * @param written lessons that went into it; others may have replaced them at once
     */
    #adopt(kept: ProfileContent, written: readonly Lesson[]): void {
      if (this.#mustDelete) return;
      const meanwhile = this.#unwritten.filter((lesson) => !written.includes(lesson));
      this.#stored = new Set(kept.lessons);
      this.content = meanwhile.length > 0 ? this.#merge(kept, meanwhile) : kept;
    }

    /** Adds lessons to a stored profile, without its lessons of a replaced model. */
    #merge({ lessons }: ProfileContent, added: readonly Lesson[]): ProfileContent {
      const usable = lessons.filter(({ features }) => features.length === added[0].features.length);
      return { model: this.#key[1], lessons: added.reduce(addLesson, usable) };
    }

    #announce(): void {
      this.#channel?.postMessage(this.#key[0]);
    }
  }
  return new Kept();
}

/**
 * Reads a record. A damaged one counts as empty and will be overwritten.
 * @throws {LearningError} `newer-version`, so that records written by a newer version of the package are left alone
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
    // Sandboxed pages have neither channels nor shared storage.
    return null;
  }
}
