/** Faulty responses under /faults/, for the tests of loading. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { root } from '../../scripts/setup.js';
import { wait } from './wait.js';

type Fault = (response: ServerResponse, body: Buffer, earlierRequests: number) => Promise<void> | void;

const faults: Readonly<Record<string, Fault>> = {
  /** No such file. */
  missing: (response) => {
    response.writeHead(404).end('Not found');
  },
  /** Another file with the same beginning. */
  changed: (response, body) => {
    const changed = Buffer.from(body);
    changed[changed.length - 1] ^= 0xff;
    response.writeHead(200).end(changed);
  },
  /** Half of the file; then the connection breaks. */
  cut: async (response, body) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1));
    await wait(50);
    response.destroy();
  },
  /** The file in ten chunks, with a delay after each. */
  slow: async (response, body) => {
    response.writeHead(200, { 'content-length': body.length });
    const size = Math.ceil(body.length / 10);
    for (let start = 0; start < body.length; start += size) {
      response.write(body.subarray(start, start + size));
      await wait(20);
    }
    response.end();
  },
  /** A server error for the first request, the file for all others. */
  once: (response, body, earlierRequests) => {
    if (earlierRequests === 0) response.writeHead(503).end();
    else response.writeHead(200).end(body);
  },
  /** Something else for the first request, such as the answer of a login, the file for all others. */
  otherwise: (response, body, earlierRequests) => {
    response.writeHead(200).end(earlierRequests === 0 ? '{"error":"log in first"}' : body);
  },
};

/** An HTML page instead of the file, with status 200, as servers of single-page applications respond. */
const page = { body: '<!doctype html><title>Welcome</title>', type: 'html' };

/** The strictest policy that the package supports. */
const strictest = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** Headers of pages under a policy, for a frame: each runs the module of the same name next to it. */
const policies: Readonly<Record<string, Record<string, string>>> = {
  /** Cross-origin isolation for a single frame: https://wicg.github.io/document-isolation-policy/. */
  isolated: { 'document-isolation-policy': 'isolate-and-require-corp' },
  /** Blocks workers whose script comes without this header. */
  embedder: { 'cross-origin-embedder-policy': 'require-corp' },
  strict: { 'content-security-policy': strictest },
  /** Requires Trusted Types, and allows the package's policies. */
  typed: {
    'content-security-policy': `${strictest}; require-trusted-types-for 'script'; trusted-types lit-html digit-recognizer`,
  },
  /** Requires Trusted Types, and allows no policies. */
  untyped: {
    'content-security-policy': `${strictest}; require-trusted-types-for 'script'; trusted-types 'none'`,
  },
  /** Blocks WebAssembly. */
  unwise: {
    'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'",
  },
  /** Blocks all workers. */
  workerless: {
    'content-security-policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'none'",
  },
};

/** The web-test-runner plugin. After the fault, the path is that of a file in the repository. */
export function faultyAssetsPlugin(): TestRunnerPlugin {
  /** How often each URL was requested. */
  const requests = new Map<string, number>();
  return {
    name: 'faulty-assets',
    /** Each test run starts over, even if one command runs them in several browsers. */
    serverStart: () => requests.clear(),
    async serve(context) {
      const [, fault, file] = /^\/faults\/(\w+)\/(.*)$/.exec(context.path) ?? [];
      if (fault === 'page') return page;
      if (fault && policies[fault]) {
        const module = `/${file.replace(/\.html$/, '.ts')}`;
        return { body: `<script type="module" src="${module}"></script>`, type: 'html', headers: policies[fault] };
      }
      if (!fault || !faults[fault]) return undefined;
      const earlierRequests = requests.get(context.url) ?? 0;
      requests.set(context.url, earlierRequests + 1);
      const body = await readFile(join(root, file)).catch(() => Buffer.alloc(0));
      context.respond = false;
      context.res.setHeader('cache-control', 'no-store');
      await faults[fault](context.res, body, earlierRequests);
      return undefined;
    },
  };
}
