import type { DigitPad } from '../../src/index.js';

/** What tests look at inside of a pad. */
export const surface = (pad: DigitPad): HTMLElement => pad.shadowRoot!.querySelector('[part~=surface]')!;
export const shownStrokes = (pad: DigitPad): SVGGElement[] => [
  ...pad.shadowRoot!.querySelectorAll<SVGGElement>('.stroke'),
];
/** Where a stroke's line is in the viewport. Browsers disagree on whether the box of a shape holds the pen's width. */
export function lineBox(stroke: SVGGElement): DOMRect {
  const paths = [...stroke.querySelectorAll('path')];
  const widths = paths.map(({ style }) => style.strokeWidth);
  // Firefox takes an upright line without any width for nothing.
  for (const { style } of paths) style.strokeWidth = '0.01px';
  const box = stroke.getBoundingClientRect();
  for (const [index, { style }] of paths.entries()) style.strokeWidth = widths[index];
  return box;
}
export const button = (pad: DigitPad, name: string): HTMLButtonElement =>
  pad.shadowRoot!.querySelector(`button[aria-label=${name}]`)!;
export const announced = (pad: DigitPad): string => pad.shadowRoot!.querySelector('[role=status]')!.textContent;

/** Places of the viewport on a pad that is not transformed, by CSS pixels from its top left corner. */
export function placesOn(pad: DigitPad): (x: number, y: number) => { x: number; y: number } {
  const { left, top } = surface(pad).getBoundingClientRect();
  const { clientLeft, clientTop } = surface(pad);
  return (x, y) => ({ x: left + clientLeft + x, y: top + clientTop + y });
}

export function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Lets time pass: only where what a pad does depends on how much of it has. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
