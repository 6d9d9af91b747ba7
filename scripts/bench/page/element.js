/** The page's side of what is measured on `<digit-recognizer>`, as a person has it. */

/** @import { DigitRecognizer } from '../../../src/elements/digit-recognizer/digit-recognizer.js' */
/** @import { Strokes } from '../../../src/drawing/index.js' */
/** @typedef {typeof import('../../../src/index.js')} Package */

/** Settles when what was changed is on the screen: after the frame that shows it. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(undefined);
      };
      port2.postMessage(null);
    });
  });
}

/** @param {DigitRecognizer} element */
async function shown(element) {
  const recognition = await element.recognitionComplete;
  const answered = performance.now();
  await element.updateComplete;
  await element.shadowRoot?.querySelector('digit-predictions')?.updateComplete;
  await painted();
  return { digit: recognition?.digit ?? null, answered, painted: performance.now() };
}

/** @returns {DigitRecognizer} */
function only() {
  const element = document.querySelector('digit-recognizer');
  if (!element) throw new Error('The page has no <digit-recognizer>.');
  return element;
}

/**
 * Gives the page's element a drawing, and waits until the answer is on the screen.
 * @param {Strokes} strokes
 */
export async function readFirst(strokes) {
  const element = only();
  await customElements.whenDefined('digit-recognizer');
  element.strokes = strokes;
  return shown(element);
}

/** @type {ReturnType<typeof shown> | null} */
let answer = null;
let lifted = 0;

/** Waits for the element, and watches the pen. @returns {Promise<{ x: number, y: number, side: number }>} its pad */
export async function watchPen() {
  const element = only();
  await customElements.whenDefined('digit-recognizer');
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

/** Waits for the answer to what was drawn, and wipes the pad. Milliseconds since the pen was lifted. */
export async function takeAnswer() {
  if (!answer) throw new Error('The pen was never lifted on the pad.');
  const { digit, answered, painted: shownAt } = await answer;
  only().clear();
  await painted();
  return { digit, answered: answered - lifted, painted: shownAt - lifted };
}

/**
 * Puts elements into the page until there are so many, each with an answer.
 * @param {{ model: string, count: number, strokes: Strokes }} parameters
 */
export async function fillPage({ model, count, strokes }) {
  const missing = count - document.querySelectorAll('digit-recognizer').length;
  const elements = Array.from({ length: missing }, () => document.createElement('digit-recognizer'));
  document.body.append(...elements);
  for (const element of elements) {
    element.model = model;
    element.strokes = strokes;
    await shown(element);
  }
}

/** Takes all elements out of the page. */
export function emptyPage() {
  document.body.replaceChildren();
}

/** The largest number of pictures that go into one run. */
const batch = 64;

/** Lets the page's service predict about so many times. @param {{ model: string, count: number }} parameters */
export async function predictMany({ model, count }) {
  const packageUrl = new URL('digit-recognizer.js', document.baseURI).href;
  /** @type {unknown} */
  const built = await import(packageUrl);
  const service = /** @type {Package} */ (built).InferenceService.shared({ model });
  const pictures = Float32Array.from({ length: batch * 784 }, (_, index) => ((index * 7919) % 256) / 255);
  for (let done = 0; done < count; done += batch) await service.infer(pictures, batch);
}

/** What the page counts. @typedef {{ instances: number, memories: WeakRef<WebAssembly.Memory>[] }} WebAssemblyCounts */

/** Bytes of the page as the browser counts them, WebAssembly instances made so far, and their memories that are left. */
export async function measureMemory() {
  const { measureUserAgentSpecificMemory } =
    /** @type {{ measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> }} */ (performance);
  const { instances, memories } = /** @type {{ webAssemblyCounts: WebAssemblyCounts }} */ (
    /** @type {unknown} */ (globalThis)
  ).webAssemblyCounts;
  const left = memories.flatMap((reference) => reference.deref() ?? []);
  return {
    bytes: (await measureUserAgentSpecificMemory?.call(performance))?.bytes ?? null,
    instances,
    webAssembly: left.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  };
}
