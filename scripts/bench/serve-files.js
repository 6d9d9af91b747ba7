/** Serves the pages of the bench from memory, compressed as a good host would, and counts what goes over the wire. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mediaTypes } from '../media-types.js';

/** What gives a page exact clocks. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * @typedef {object} FileServer
 * @property {string} origin
 * @property {() => Map<string, number>} takeSent bytes of the bodies that were sent since the last call, by path
 * @property {() => void} close
 */

/**
 * @param {ReadonlyMap<string, Uint8Array>} files by path, as `/start/program/index.html`
 * @param {{ isolated: readonly string[] }} options beginnings of the paths that are served cross-origin isolated
 * @returns {Promise<FileServer>}
 */
export async function serveFiles(files, { isolated }) {
  const compressed = new Map([...files].map(([path, bytes]) => [path, gzipSync(bytes, { level: 9 })]));
  /** @type {Map<string, number>} */
  let sent = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const body = compressed.get(path);
    if (!body) {
      response.writeHead(404).end();
      return;
    }
    sent.set(path, (sent.get(path) ?? 0) + body.length);
    response.writeHead(200, {
      'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
      'content-encoding': 'gzip',
      'content-length': body.length,
      ...(isolated.some((prefix) => path.startsWith(prefix)) && isolation),
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    takeSent: () => {
      const taken = sent;
      sent = new Map();
      return taken;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
