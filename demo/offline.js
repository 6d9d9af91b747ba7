/** The service worker of the site: keeps what the demo page needs, so that it works without a network. */

/** Filled in when the site is made: the files, and a name that changes with them. */
const files = /** @type {string[]} */ (JSON.parse('["FILES"]'));
const version = 'VERSION';

/** @typedef {{ waitUntil(promise: Promise<unknown>): void }} LifecycleEvent */
/** @typedef {{ request: Request, respondWith(response: Promise<Response>): void }} FetchEvent */

self.addEventListener('install', (event) => {
  /** @type {LifecycleEvent} */ (/** @type {unknown} */ (event)).waitUntil(
    caches.open(version).then((cache) => cache.addAll(files)),
  );
});

self.addEventListener('activate', (event) => {
  /** @type {LifecycleEvent} */ (/** @type {unknown} */ (event)).waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const fetching = /** @type {FetchEvent} */ (/** @type {unknown} */ (event));
  const { request } = fetching;
  if (request.method !== 'GET') return;
  // The network first, so that a new version is seen at once; what is kept, where there is none.
  fetching.respondWith(
    fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error()),
  );
});
