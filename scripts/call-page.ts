/** A page that runs functions, as Playwright's and Puppeteer's do. */
export interface Evaluator {
  evaluate(task: (argument: never) => unknown, argument: unknown): Promise<unknown>;
}

type Functions<Script> = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function at all
  [Name in keyof Script]: Script[Name] extends (...args: any[]) => unknown ? Script[Name] : never;
};

/** Calls what the module `script.js` beside a page exports, by name. */
export type Caller<Script> = <Name extends keyof Functions<Script> & string>(
  name: Name,
  ...args: Parameters<Functions<Script>[Name]>
) => Promise<Awaited<ReturnType<Functions<Script>[Name]>>>;

/** @param page whose URL `script.js` is relative to */
export function caller<Script>(page: Evaluator): Caller<Script> {
  const call = (name: string, ...args: unknown[]): Promise<unknown> =>
    page.evaluate(
      async (each: { name: string; args: unknown[] }) => {
        const script = (await import(new URL('script.js', document.baseURI).href)) as Record<
          string,
          (...args: unknown[]) => unknown
        >;
        return script[each.name](...each.args);
      },
      { name, args },
    );
  return call as Caller<Script>;
}
