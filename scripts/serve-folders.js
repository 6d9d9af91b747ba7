import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { mediaTypes } from './media-types.js';

/** The strictest policy that the package promises to work under. */
const strictestPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
].join('; ');

/**
 * The file that a path stands for.
 * @param {Record<string, string>} folders
 * @param {string} path as asked for
 * @returns {string | null} null when it is in none of the folders
 */
function findFile(folders, path) {
  const mount = Object.keys(folders).find((each) => path.startsWith(each));
  if (!mount) return null;
  const file = join(folders[mount], decodeURIComponent(path.slice(mount.length)));
  return file.startsWith(join(folders[mount], sep)) ? file : null;
}

/**
 * @param {Record<string, string>} folders
 * @param {string} path as asked for
 */
async function readServed(folders, path) {
  const file = findFile(folders, path);
  if (!file) throw new Error(`${path} is not served.`);
  return readFile(file);
}

/**
 * Serves folders to this machine alone, on a port that is free.
 * @param {Record<string, string>} folders by the path that they are served under, as `/package/`; the first one counts
 * @param {{ contentSecurityPolicy?: string }} [options] another policy than the strictest
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serveFolders(folders, { contentSecurityPolicy = strictestPolicy } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    readServed(folders, path).then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': contentSecurityPolicy,
          'access-control-allow-origin': '*',
        });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
