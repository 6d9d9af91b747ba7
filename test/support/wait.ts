/**
 * Waits, which shows something only where the behavior depends on elapsed time; without a time, until every timer that
 * was due has fired.
 */
export function wait(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
