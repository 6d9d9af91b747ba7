import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface Server extends Disposable {
  readonly origin: string;
  close(): void;
}

/** The strictest policy that the package promises to work under. */
const strictestPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
].join('; ');

/** Serves on a free port, to this machine only. */
export async function listen(handle: RequestListener): Promise<Server> {
  // Without unref(), a command whose browser does not start would never end.
  const server = createServer(handle).listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close, [Symbol.dispose]: close };
}

/**
 * Serves folders to this machine only.
 * @param folders by the path that they are served under, as `/package/`; the first that fits counts
 */
export function serveFolders(
  folders: Readonly<Record<string, string>>,
  { contentSecurityPolicy = strictestPolicy } = {},
): Promise<Server> {
  const mounts = Object.entries(folders).map(([path, folder]) => ({ path, serve: sirv(folder, { dev: true }) }));
  return listen((request, response) => {
    const mount = mounts.find(({ path }) => request.url?.startsWith(path));
    if (!mount) return response.writeHead(404).end();
    response.setHeader('content-security-policy', contentSecurityPolicy);
    response.setHeader('access-control-allow-origin', '*');
    request.url = request.url?.slice(mount.path.length - 1);
    return mount.serve(request, response);
  });
}
