/** The error class of the code that needs the module. */
type NetworkError = new (code: 'network', message: string, options: { cause: unknown }) => Error;

/** Firefox's error for a module that could not be fetched. It remembers the failure, but only for this URL. */
const REMEMBERED = /^error loading dynamically imported module: (\S+)$/;

let importByUrl: ((url: string) => Promise<unknown>) | null = null;

/**
 * Lets retries import a module by another URL, where a browser would remember that it could not be fetched. Only for
 * scripts that are published as they are: bundlers cannot follow an import without a literal URL.
 */
export function retryByUrl(importUrl: (url: string) => Promise<unknown>): void {
  importByUrl = importUrl;
}

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
  /** The module's URL, if the browser remembers that it could not be fetched. */
  let url: string | undefined;
  let failures = 0;
  return () => (imported ??= attempt());

  async function attempt(): Promise<Module> {
    try {
      return await (url && importByUrl ? (importByUrl(`${url}?retry=${failures}`) as Promise<Module>) : load());
    } catch (cause) {
      imported = null;
      failures += 1;
      const reason = cause instanceof Error ? cause.message : String(cause);
      url ??= REMEMBERED.exec(reason)?.[1];
      throw new Failure('network', `The code that ${purpose} could not be fetched: ${reason}. Try again.`, { cause });
    }
  }
}
