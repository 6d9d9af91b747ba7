/** The error class of the code that needs the module. */
type NetworkError = new (code: 'network', message: string, options: { cause: unknown }) => Error;

/**
 * Lazily imports a module that few pages need, once. Failures are not cached: the next call retries.
 *
 * @param load imports the module
 * @param purpose what the module does, for the message
 * @param Failure class of the error
 * @returns a function that rejects with that error, code `network`, if the module could not be fetched
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
