/** The page's side of what is measured on `<digit-recognizer>`, as a user has it. */
import type { Strokes } from '../../../src/drawing/index.js';
import type { DigitRecognizer } from '../../../src/index.js';

type Package = typeof import('../../../src/index.js');

/** Settles when what was changed is on the screen: after the frame that shows it. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

async function shown(element: DigitRecognizer) {
  const recognition = await element.recognitionComplete;
  const answered = performance.now();
  await element.updateComplete;
  await element.shadowRoot?.querySelector('digit-predictions')?.updateComplete;
  await painted();
  return { digit: recognition?.digit ?? null, answered, painted: performance.now() };
}

/** The page's element, once it is defined. */
async function only(): Promise<DigitRecognizer> {
  await customElements.whenDefined('digit-recognizer');
  const element = document.querySelector('digit-recognizer');
  if (!element) throw new Error('The page has no <digit-recognizer>.');
  return element;
}

/** Gives the page's element a drawing, and waits until the answer is on the screen. */
export async function readFirst(strokes: Strokes) {
  const element = await only();
  const ready = new Promise<number>((resolve) => {
    if (element.status === 'ready') resolve(performance.now());
    element.addEventListener('digit-status', ({ status }) => status === 'ready' && resolve(performance.now()));
  });
  element.strokes = strokes;
  return { ...(await shown(element)), ready: await ready };
}

let answer: ReturnType<typeof shown> | null = null;
let lifted = 0;

/**
 * Waits until the element is ready, and watches the pen.
 * @returns its pad's square, in CSS pixels of the viewport
 */
export async function watchPen(): Promise<{ x: number; y: number; side: number }> {
  const element = await only();
  await element.updateComplete;
  while (element.status !== 'ready') await painted();
  element.addEventListener('pointerup', ({ timeStamp }) => {
    lifted = timeStamp;
    answer = shown(element);
  });
  const pad = element.shadowRoot?.querySelector('digit-pad');
  await pad?.updateComplete;
  const surface = pad?.shadowRoot?.querySelector('[part~="surface"]');
  if (!surface) throw new Error('The pad shows no surface to draw on.');
  const { x, y, width, height } = surface.getBoundingClientRect();
  return { x, y, side: Math.min(width, height) };
}

/** Waits for the answer to what was drawn, and clears the pad. Milliseconds since the pen was lifted. */
export async function takeAnswer() {
  if (!answer) throw new Error('The pen was never lifted on the pad.');
  const { digit, answered, painted: shownAt } = await answer;
  (await only()).clear();
  await painted();
  return { digit, answered: answered - lifted, painted: shownAt - lifted };
}

/** Puts elements into the page until there are so many, each with an answer. */
export async function fillPage(model: string, count: number, strokes: Strokes): Promise<void> {
  const missing = count - document.querySelectorAll('digit-recognizer').length;
  const elements = Array.from({ length: missing }, () => document.createElement('digit-recognizer'));
  document.body.append(...elements);
  for (const element of elements) {
    element.model = model;
    element.strokes = strokes;
    await shown(element);
  }
}

/** Removes all elements from the page. */
export const emptyPage = () => document.body.replaceChildren();

/** The largest number of pictures that go into one run. */
const batch = 64;

/** Lets the page's service predict about so many times. */
export async function predictMany(model: string, count: number): Promise<void> {
  const { InferenceService } = (await import(new URL('digit-recognizer.js', document.baseURI).href)) as Package;
  const service = InferenceService.shared({ model });
  const pictures = Float32Array.from({ length: batch * 784 }, (_, index) => ((index * 7919) % 256) / 255);
  for (let done = 0; done < count; done += batch) await service.infer(pictures, batch);
}

interface WebAssemblyCounts {
  readonly instances: number;
  readonly memories: readonly WeakRef<WebAssembly.Memory>[];
}

/** Bytes of the page as the browser counts them, WebAssembly instances made so far, and their memories that are left. */
export async function measureMemory() {
  const { measureUserAgentSpecificMemory } = performance as {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  const { instances, memories } = (globalThis as unknown as { webAssemblyCounts: WebAssemblyCounts }).webAssemblyCounts;
  const left = memories.flatMap((reference) => reference.deref() ?? []);
  return {
    bytes: (await measureUserAgentSpecificMemory?.call(performance))?.bytes ?? null,
    instances,
    webAssembly: left.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  };
}
