/** Watches a page for errors, and for requests to other origins: what a user draws must not leave it. */
import type { Page } from 'playwright-core';

/** Whether a URL belongs to none of the origins; `data:` and `blob:` URLs are read without a request to any. */
const isForeign = (url: string, origins: readonly string[]): boolean =>
  !/^(data|blob):/.test(url) && !origins.includes(new URL(url).origin);

/** Calls `report` with the URL of each request of a page to an origin that is not listed. */
export function watchRequests(page: Page, origins: readonly string[], report: (url: string) => void): void {
  page.on('request', (request) => {
    const url = request.url();
    if (isForeign(url, origins)) report(url);
  });
}

/**
 * @param origins that the page may send requests to
 * @returns complaints: errors, error messages, and requests to other origins; more are added while the page is used
 */
export function watchPage(page: Page, origins: readonly string[]): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The empty icon of a page is rejected by policies without data: URLs.
    if (message.type() !== 'error' || message.text().includes("'data:,'")) return;
    complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  watchRequests(page, origins, (url) => complaints.push(`request to another origin: ${url}`));
  return complaints;
}
