import { describeThrown, InferenceError } from '../inference-error.js';
import { checkFirstBytes, checkWhole, FIRST_BYTES, prepareChecks, wrongFile, type Asset } from './asset.js';
import { FetchedFile } from './fetched-file.js';

/** Called with the bytes received and the bytes expected (0 if unknown). */
export type DownloadProgress = (loaded: number, total: number) => void;

/**
 * Fetches a file and validates it: its first bytes and a size beyond the known one as soon as they arrive, size and
 * SHA-256 at the end.
 * @param cache `reload` bypasses the browser's cache, for a file that was wrong the last time
 * @throws {InferenceError} `asset-missing`, `asset-not-wasm`, `checksum` or `network`, with the URL
 */
export async function download(asset: Asset, onProgress: DownloadProgress, cache: RequestCache): Promise<FetchedFile> {
  const responding = request(asset.url, cache);
  prepareChecks();
  const response = await responding;
  const bytes = await receive(asset, response, onProgress);
  await checkWhole(asset, bytes);
  return new FetchedFile(bytes.buffer);
}

async function request(url: string, cache: RequestCache): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache });
  } catch (cause) {
    const advice = "Check the network, the page's policy (connect-src) and, for another origin, CORS.";
    throw new InferenceError('network', `${url} could not be fetched: ${describeThrown(cause)}. ${advice}`, {
      url,
      cause,
    });
  }
  if (response.ok) return response;
  const status = `${url} returned status ${response.status} ${response.statusText}`.trimEnd();
  if (response.status >= 500 || response.status === 429) {
    throw new InferenceError('network', `${status}: the server has a problem. Try again later.`, { url });
  }
  throw new InferenceError('asset-missing', `${status}: put the file there.`, { url });
}

async function receive(
  asset: Asset,
  response: Response,
  onProgress: DownloadProgress,
): Promise<Uint8Array<ArrayBuffer>> {
  const total = asset.bytes ?? declaredLength(response);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  let checked = false;
  const reader = (response.body ?? new Blob().stream()).getReader();
  for (;;) {
    const { done, value } = await read(asset.url, reader, () => `${loaded} of ${total || 'unknown'} bytes`);
    if (!done) {
      chunks.push(value);
      loaded += value.byteLength;
    }
    try {
      if (!checked && (done || loaded >= FIRST_BYTES)) {
        checkFirstBytes(asset, join(chunks, loaded));
        checked = true;
      }
      if (loaded > (asset.bytes ?? Infinity)) throw wrongFile(asset, `it has more than ${asset.bytes} bytes`);
    } catch (error) {
      await reader.cancel();
      throw error;
    }
    if (done) return join(chunks, loaded);
    onProgress(loaded, total);
  }
}

async function read(url: string, reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, position: () => string) {
  try {
    return await reader.read();
  } catch (cause) {
    const message = `The download of ${url} was cut after ${position()}: ${describeThrown(cause)}. Try again.`;
    throw new InferenceError('network', message, { url, cause });
  }
}

/** Returns the body's declared length, or 0: a compressed response declares only its compressed length. */
function declaredLength({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

/** Not by a Blob, whose bytes come from another process. */
function join(chunks: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
