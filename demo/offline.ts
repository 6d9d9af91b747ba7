/** The site's service worker: caches everything that the demo page needs, so that it works offline. */
export {};

/** Defined by the build: the files, and a version that changes with them. */
declare const FILES: readonly string[];
declare const VERSION: string;

// TypeScript's types for workers conflict with those for pages.
interface LifecycleEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** Prefix of this folder's caches; other folders of the origin may belong to other sites. */
const prefix = `digit-recognizer-demo ${new URL('.', location.href).pathname} `;
const current = prefix + VERSION;

async function keepFiles(): Promise<void> {
  const cache = await caches.open(current);
  // Not from the browser's own cache: the script's name is the same in all versions.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
}

async function deleteOldCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== current).map((name) => caches.delete(name)),
  );
}

/** The answer, offline, to a link to a page of the site that is not kept: the Storybook. */
function notKept(): Response {
  const text = 'You are offline. This page needs a connection; the page that you came from does not.';
  return new Response(text, { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** Network first, so that a new version appears immediately; offline, from the cache. */
async function answer(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(current);
    const kept = await cache.match(request, { ignoreSearch: true });
    return kept ?? (request.mode === 'navigate' ? notKept() : Response.error());
  }
}

addEventListener('install', (event) => {
  (event as LifecycleEvent).waitUntil(keepFiles());
});

addEventListener('activate', (event) => {
  (event as LifecycleEvent).waitUntil(deleteOldCaches());
});

addEventListener('fetch', (event) => {
  const { request } = event as FetchEvent;
  if (request.method === 'GET') (event as FetchEvent).respondWith(answer(request));
});
