/** The page's side of measurements on `<digit-recognizer>`. */
import type { Strokes } from '../../../src/drawing/index.js';
import type { DigitRecognizer } from '../../../src/index.js';
import { IMAGE_LENGTH, LARGEST_BATCH } from '../../../src/model/shapes.js';
import { nextTask } from '../../../src/utils/next-task.js';
import { padBox } from '../../shared/pad-box.js';

type Package = typeof import('../../../src/index.js');

/** Settles when changes are on the screen: after the frame that shows them. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve(nextTask()));
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

/** Sets the strokes of the page's element, and waits until the answer is on the screen. */
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
 * Waits until the element is ready, and listens for pointer-up.
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
  const { x, y, width, height } = await padBox(element);
  return { x, y, side: Math.min(width, height) };
}

/** Waits for the answer to what was drawn, and clears the pad. Times are milliseconds since pointer-up. */
export async function takeAnswer() {
  if (!answer) throw new Error('The pen was never lifted on the pad.');
  const { digit, answered, painted: shownAt } = await answer;
  (await only()).clear();
  await painted();
  return { digit, answered: answered - lifted, painted: shownAt - lifted };
}

/** Adds elements to the page until there are `count`, and waits for the answer of each. */
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

export const emptyPage = () => document.body.replaceChildren();

/** Has the page's service predict about `count` times. */
export async function predictMany(model: string, count: number): Promise<void> {
  const { InferenceService } = (await import(new URL('digit-recognizer.js', document.baseURI).href)) as Package;
  const service = InferenceService.shared({ model });
  const pictures = Float32Array.from(
    { length: LARGEST_BATCH * IMAGE_LENGTH },
    (_, index) => ((index * 7919) % 256) / 255,
  );
  for (let done = 0; done < count; done += LARGEST_BATCH) await service.infer(pictures, LARGEST_BATCH);
}

interface WebAssemblyCounts {
  readonly instances: number;
  readonly memories: readonly WeakRef<WebAssembly.Memory>[];
}

/** Bytes of the page as the browser counts them, WebAssembly instances created so far, and bytes of living memories. */
export async function measureMemory() {
  const { measureUserAgentSpecificMemory } = performance as {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  const { instances, memories } = (globalThis as unknown as { webAssemblyCounts: WebAssemblyCounts }).webAssemblyCounts;
  const living = memories.flatMap((reference) => reference.deref() ?? []);
  return {
    bytes: (await measureUserAgentSpecificMemory?.call(performance))?.bytes ?? null,
    instances,
    webAssembly: living.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  };
}
