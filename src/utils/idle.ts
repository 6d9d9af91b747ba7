/** How long to wait for an idle period, in milliseconds. */
const LONGEST_WAIT = 5000;
/** Delay in browsers without `requestIdleCallback`, in milliseconds: long enough for a page to be painted. */
const FALLBACK_DELAY = 500;

/** Resolves when the page is idle. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT });
    else setTimeout(resolve, FALLBACK_DELAY);
  });
}
