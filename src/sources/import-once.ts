import { RecognitionError } from './recognition-error.js';

/**
 * Fetches a module that few pages need when it is first used, once. A failure is not kept: the next use asks again.
 *
 * @param load imports the module
 * @param purpose what the module does, for the message
 * @returns rejects with a {@link RecognitionError} `network` when the module could not be fetched
 */
export function importOnce<Module>(load: () => Promise<Module>, purpose: string): () => Promise<Module> {
  let imported: Promise<Module> | null = null;
  return () => (imported ??= attempt());

  async function attempt(): Promise<Module> {
    try {
      return await load();
    } catch (cause) {
      imported = null;
      throw new RecognitionError('network', `The code that ${purpose} could not be fetched. Try again.`, { cause });
    }
  }
}
