/**
 * A model whose download never ends, to show what the user sees while waiting: the first bytes of a declared length
 * come, then nothing.
 * @returns the URL to give as `model`
 */
export function stalledModel(): string {
  const url = new URL('stalled.onnx', document.baseURI).href;
  if (stalled.has(url)) return url;
  stalled.add(url);
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const asked = input instanceof Request ? input.url : String(input);
    return asked === url ? Promise.resolve(stalledResponse()) : original(input, init);
  };
  return url;
}

const stalled = new Set<string>();

/** So many that the bar stands in the middle, although the runtime arrives whole beside it. */
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
