import type { DigitPad } from '../../src/index.js';

/** Access to a pad's internals for tests. */
export const surface = (pad: DigitPad): HTMLElement => pad.shadowRoot!.querySelector('[part~=surface]')!;
export const shownStrokes = (pad: DigitPad): SVGGElement[] => [
  ...pad.shadowRoot!.querySelectorAll<SVGGElement>('.stroke'),
];
/**
 * The bounding box of a stroke's line in the viewport. Browsers disagree on whether a shape's box includes the stroke
 * width.
 */
export function lineBox(stroke: SVGGElement): DOMRect {
  const paths = [...stroke.querySelectorAll('path')];
  const widths = paths.map(({ style }) => style.strokeWidth);
  // Firefox ignores a vertical line of zero width.
  for (const { style } of paths) style.strokeWidth = '0.01px';
  const box = stroke.getBoundingClientRect();
  for (const [index, { style }] of paths.entries()) style.strokeWidth = widths[index];
  return box;
}
export const button = (pad: DigitPad, name: string): HTMLButtonElement =>
  pad.shadowRoot!.querySelector(`button[aria-label=${name}]`)!;
export const announced = (pad: DigitPad): string => pad.shadowRoot!.querySelector('[role=status]')!.textContent;

/** Points in the viewport on a pad without transform, in CSS pixels from its top left corner. */
export function pointsOn(pad: DigitPad): (x: number, y: number) => { x: number; y: number } {
  const { left, top } = surface(pad).getBoundingClientRect();
  const { clientLeft, clientTop } = surface(pad);
  return (x, y) => ({ x: left + clientLeft + x, y: top + clientTop + y });
}

export function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
