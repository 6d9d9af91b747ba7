/**
 * Returns the URL of a model whose download never ends, to show what the user sees while waiting: the first bytes of a
 * declared length arrive, then nothing.
 *
 * @returns the URL for `model`
 */
export function stalledModel(): string {
  const url = new URL('stalled.onnx', document.baseURI).href;
  if (stalled.has(url)) return url;
  stalled.add(url);
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const requested = input instanceof Request ? input.url : String(input);
    return requested === url ? Promise.resolve(stalledResponse()) : original(input, init);
  };
  return url;
}

const stalled = new Set<string>();

/** Enough for the progress bar to stop in the middle, although the runtime is fully loaded. */
const declaredBytes = 20_000_000;
const sentBytes = 80_000;

function stalledResponse(): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      // The first field of every ONNX file: its version, 8.
      const bytes = new Uint8Array(sentBytes);
      bytes.set([0x08, 0x08]);
      controller.enqueue(bytes);
    },
  });
  return new Response(body, { headers: { 'content-length': String(declaredBytes) } });
}
