/** What says that a module could not be fetched: the error of the room that needs it. */
type NetworkError = new (code: 'network', message: string, options: { cause: unknown }) => Error;

/**
 * Fetches a module that few pages need when it is first used, once. A failure is not kept: the next use asks again.
 *
 * @param load imports the module
 * @param purpose what the module does, for the message
 * @param Failure class of the error
 * @returns rejects with that error, its code being `network`, when the module could not be fetched
 */
export function importOnce<Module>(
  load: () => Promise<Module>,
  purpose: string,
  Failure: NetworkError,
): () => Promise<Module> {
  let imported: Promise<Module> | null = null;
  return () => (imported ??= attempt());

  async function attempt(): Promise<Module> {
    try {
      return await load();
    } catch (cause) {
      imported = null;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Failure('network', `The code that ${purpose} could not be fetched: ${reason}. Try again.`, { cause });
    }
  }
}
