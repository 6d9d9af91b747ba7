const cacheName = 'digits';

async function fill() {
  const files = await (await fetch('files.json')).json();
  await (await caches.open(cacheName)).addAll(files);
}

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('fetch', (event) => {
  event.respondWith(caches.match(event.request).then((cached) => cached ?? fetch(event.request)));
});
