/** How long an idle moment is waited for, in milliseconds, before work is done all the same. */
const LONGEST_WAIT = 5000;
/** Where a browser cannot tell when it is idle: long enough for a page to have been painted. */
const GUESS = 500;

/** Waits until the page has nothing better to do. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT });
    else setTimeout(resolve, GUESS);
  });
}

/** Whether the user asks to save data: https://wicg.github.io/savedata/. */
export function savesData(): boolean {
  const { connection } = (globalThis.navigator ?? {}) as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
