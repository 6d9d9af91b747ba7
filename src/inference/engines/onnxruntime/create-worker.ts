import { describeThrown, InferenceError } from '../../inference-error.js';

/** A worker, and how to release what its start needed, once it has sent a message or is terminated. */
export interface StartedWorker {
  readonly worker: Worker;
  readonly release: () => void;
}

/** Starts a module worker from the script at `url`. */
export type CreateWorker = (url: string) => StartedWorker;

/** @throws {InferenceError} `worker` */
export const createWorker: CreateWorker = (url) =>
  isOwn(url) ? { worker: startWorker(url, url), release: () => {} } : createImportingWorker(url);

/** The used subset of https://www.w3.org/TR/trusted-types/, which TypeScript's DOM types lack so far. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** Name of the policy by which a page that enforces Trusted Types allows the package's workers. */
const POLICY_NAME = 'digit-recognizer';

let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/** Returns a script URL as a TrustedScriptURL if supported. A policy of a given name can be created only once. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url;
  try {
    policy ??= trustedTypes.createPolicy(POLICY_NAME, { createScriptURL: (own) => own });
    return policy.createScriptURL(url) as string;
  } catch {
    // A page may forbid the policy without enforcing Trusted Types.
    return url;
  }
}

/** Starts a module worker from `script`, which is the one at `url` or imports it. */
function startWorker(script: string, url: string): Worker {
  try {
    return new Worker(trusted(script), { type: 'module' });
  } catch (cause) {
    throw new InferenceError('worker', `${describeThrown(cause)} ${workerAdvice(url)}`, { url, cause });
  }
}

/** Whether the page is sandboxed: its origin is then opaque, whatever its location. */
const isSandboxed = (): boolean => globalThis.origin === 'null';

/** Whether a URL has the page's origin; no URL has that of a sandboxed page. */
function isOwn(url: string): boolean {
  return new URL(url).origin === globalThis.origin;
}

/**
 * Starts a module worker from a script of its own, a blob or in sandboxed pages a data: URL, that imports the one at
 * `url`. Browsers refuse cross-origin worker scripts (from a CDN), some of them silently, and on a page with a
 * Cross-Origin-Embedder-Policy scripts without that header. The blob has the page's origin and policy.
 * @throws {InferenceError} `worker`
 */
export const createImportingWorker: CreateWorker = (url) => {
  const script = `import ${JSON.stringify(url)};`;
  // In sandboxed pages, Chromium runs module workers from data: URLs, but not from blobs.
  const source = isSandboxed()
    ? `data:text/javascript,${encodeURIComponent(script)}`
    : URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const release = (): void => URL.revokeObjectURL(source);
  try {
    return { worker: startWorker(source, url), release };
  } catch (error) {
    release();
    throw error;
  }
};

/** Describes what a page must allow for the worker at `url` to run. */
function workerAdvice(url: string): string {
  const { origin } = new URL(url);
  const directives = isOwn(url)
    ? `worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'`
    : `worker-src ${isSandboxed() ? 'data:' : 'blob:'} ${origin}; script-src ${origin} 'wasm-unsafe-eval'`;
  return `A Content-Security-Policy must allow the worker ${url}: ${directives}. Under a Cross-Origin-Embedder-Policy, the worker's script must have that header too, or worker-src must allow blob:. Trusted Types must allow the policy ${POLICY_NAME}: trusted-types lit-html ${POLICY_NAME}.`;
}

/** Finds out why the worker at `url` did not start: the browser's error event does not say. */
export async function explainWorkerFailure(url: string, detail: string): Promise<InferenceError> {
  const response = await fetch(url).catch(() => null);
  if (!response) {
    return new InferenceError('network', `The worker's script ${url} could not be fetched. Check the network.`, {
      url,
    });
  }
  if (!response.ok) {
    const message = `The worker's script ${url} returned status ${response.status}: put the file there.`;
    return new InferenceError('asset-missing', message, { url });
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    const message = `The worker's script ${url} is an HTML page: the server most likely has no such file. Put it there.`;
    return new InferenceError('asset-missing', message, { url });
  }
  return new InferenceError('worker', `The worker ${url} failed${detail}. ${workerAdvice(url)}`, { url });
}
