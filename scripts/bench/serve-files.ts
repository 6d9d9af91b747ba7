import { gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import { listen, type Server } from '../shared/serve-folders.js';

/** Gives a page precise clocks. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface FileServer extends Server {
  /** Bytes of the bodies that were sent, by path; to be cleared to count anew. */
  readonly sent: Map<string, number>;
}

/**
 * Serves files from memory, compressed as by a good host, and counts the bytes that it sends.
 * @param files by path, as `/start/program/index.html`
 * @param isolated prefixes of the paths to serve cross-origin isolated
 */
export async function serveFiles(
  files: ReadonlyMap<string, Uint8Array>,
  { isolated = [] }: { isolated?: readonly string[] } = {},
): Promise<FileServer> {
  const compressed = new Map([...files].map(([path, bytes]) => [path, gzipSync(bytes, { level: 9 })]));
  const sent = new Map<string, number>();
  const server = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const body = compressed.get(path);
    if (!body) return response.writeHead(404).end();
    sent.set(path, (sent.get(path) ?? 0) + body.length);
    return response
      .writeHead(200, {
        'content-type': lookup(path) ?? 'application/octet-stream',
        'content-encoding': 'gzip',
        'content-length': body.length,
        ...(isolated.some((prefix) => path.startsWith(prefix)) && isolation),
      })
      .end(body);
  });
  return { ...server, sent };
}
