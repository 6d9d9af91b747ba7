/** Answers that a web server should not give, under /faults/, for the tests of loading. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/setup.js';

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The web-test-runner plugin. The rest of the path after the fault is that of a real file in the repository. */
export function faultyAssetsPlugin() {
  /** How often each path was asked for. @type {Map<string, number>} */
  const requests = new Map();
  return {
    name: 'faulty-assets',
    /** @param {{ app: import('koa') }} server */
    serverStart({ app }) {
      /** @type {Record<string, (context: import('koa').Context, body: Buffer) => Promise<void>>} */
      const faults = {
        /** No such file. */
        missing: async (context) => {
          context.status = 404;
          context.body = 'Not found';
        },
        /** A page in place of the file, with status 200. */
        page: async (context) => {
          context.type = 'text/html';
          context.body = '<!doctype html><title>Welcome</title>';
        },
        /** Another file of the same beginning. */
        changed: async (context, body) => {
          const changed = Buffer.from(body);
          changed[changed.length - 1] ^= 0xff;
          context.type = 'application/octet-stream';
          context.body = changed;
        },
        /** Half of the file; then the connection breaks. */
        cut: async (context, body) => {
          context.respond = false;
          context.res.writeHead(200, { 'content-length': body.length });
          context.res.write(body.subarray(0, body.length >> 1), () => setTimeout(() => context.res.destroy(), 50));
        },
        /** The file in ten pieces, with a rest after each. */
        slow: async (context, body) => {
          context.respond = false;
          context.res.writeHead(200, { 'content-length': body.length });
          const size = Math.ceil(body.length / 10);
          for (let start = 0; start < body.length; start += size) {
            context.res.write(body.subarray(start, start + size));
            await pause(20);
          }
          context.res.end();
        },
        /** Trouble at the first request, the file at the second. */
        once: async (context, body) => {
          if (requests.get(context.url) === 1) {
            context.status = 503;
            return;
          }
          context.type = 'application/octet-stream';
          context.body = body;
        },
      };
      app.use(async (context, next) => {
        const [, fault, file] = /^\/faults\/(\w+)\/?(.*)$/.exec(context.path) ?? [];
        if (!fault) return next();
        requests.set(context.url, (requests.get(context.url) ?? 0) + 1);
        context.set('cache-control', 'no-store');
        const body = file ? await readFile(join(root, file)).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
        await (faults[fault.replace(/\..*$/, '')] ?? faults.missing)(context, body);
      });
    },
  };
}
