import type { Strokes } from '../../src/drawing/index.js';
import type { DigitPad } from '../../src/elements/digit-pad/digit-pad.js';
import type { DigitRecognizer } from '../../src/elements/digit-recognizer/digit-recognizer.js';

/** Side of the pads that the drawings were made for, in pixels. */
const DRAWN_SIDE = 280;

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Finds the first pad among an element's descendants, including shadow trees, once it is rendered. */
export async function padIn(root: ParentNode): Promise<DigitPad> {
  const recognizer = root.querySelector('digit-recognizer');
  await recognizer?.updateComplete;
  const pad = root.querySelector('digit-pad') ?? recognizer!.shadowRoot!.querySelector('digit-pad')!;
  await pad.updateComplete;
  return pad;
}

/** Returns the element that is drawn on and receives keys. */
export const surfaceOf = (pad: DigitPad): HTMLElement => pad.shadowRoot!.querySelector<HTMLElement>('[part~=surface]')!;

/** Draws like a mouse: with pointer events, a few in each frame. */
export async function draw(pad: DigitPad, strokes: Strokes): Promise<void> {
  const ink = pad.shadowRoot!.querySelector('.ink')!;
  const { left, top, width, height } = ink.getBoundingClientRect();
  const scale = Math.min(width, height) / DRAWN_SIDE;
  const fire = (type: string, { x, y }: { x: number; y: number }, buttons: number): void => {
    const position = { clientX: left + x * scale, clientY: top + y * scale };
    const pointer = { pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons };
    ink.dispatchEvent(new PointerEvent(type, { ...position, ...pointer, bubbles: true, composed: true }));
  };
  for (const { points } of strokes) {
    fire('pointerdown', points[0], 1);
    for (const [index, point] of points.entries()) {
      fire('pointermove', point, 1);
      if (index % 4 === 3) await nextFrame();
    }
    fire('pointerup', points[points.length - 1], 0);
    await nextFrame();
  }
}

/** Draws on the first recognizer among an element's descendants, and waits for the answer. */
export async function drawAndRead(root: ParentNode, strokes: Strokes): Promise<DigitRecognizer> {
  const recognizer = root.querySelector('digit-recognizer')!;
  await draw(await padIn(root), strokes);
  await recognizer.recognitionComplete;
  return recognizer;
}

/** Presses keys, such as `a` or `Control+z`, on an element. */
export function press(target: HTMLElement, ...keys: readonly string[]): void {
  for (const [key, ...modifiers] of keys.map((each) => each.split('+').reverse())) {
    const pressed = { key, ctrlKey: modifiers.includes('Control'), bubbles: true, composed: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent('keydown', pressed));
    target.dispatchEvent(new KeyboardEvent('keyup', pressed));
  }
}
