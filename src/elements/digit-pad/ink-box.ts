import { svg, type SVGTemplateResult } from 'lit';
import type { Size } from '../../drawing/index.js';
import type { PlacedRecognition } from '../../recognition/index.js';
import { data } from '../shared/checked.js';
import type { PadSnapshot } from './pad-store.js';

/** A labeled frame over a part of the ink or the picture, in its units. */
export interface InkBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly selected?: boolean;
}

/**
 * Validates `boxes`.
 * @internal
 */
export const inkBoxes = data(
  (given: readonly InkBox[]) =>
    Array.isArray(given) &&
    given.every(
      ({ x, y, width, height, text }) => [x, y, width, height].every(Number.isFinite) && typeof text === 'string',
    ),
  'boxes: [{ x, y, width, height, text }, …]',
);

/** Label height as a share of the frame's shorter side. */
const LABEL_SIZE = 0.075;

const NO_BOXES: readonly InkBox[] = [];

/**
 * Returns the boxes of a number: one for each of its digits, the current one selected.
 * @internal
 */
export function boxesOf({ multiple, settled, recognitions, digits, selected }: PadSnapshot): readonly InkBox[] {
  if (!multiple || !settled) return NO_BOXES;
  return recognitions.flatMap((recognition, index) =>
    'box' in recognition
      ? [
          {
            ...(recognition as PlacedRecognition).box,
            text: String(digits[index] ?? '?'),
            selected: index === selected && recognitions.length > 1,
          },
        ]
      : [],
  );
}

/**
 * Renders boxes as SVG. Each label is above its box, or inside if there is no room.
 * @internal
 */
export function renderBoxes(boxes: readonly InkBox[], frame: Size): readonly SVGTemplateResult[] {
  const size = Math.min(frame.width, frame.height) * LABEL_SIZE;
  return boxes.map(({ x, y, width, height, text, selected = false }) => {
    const above = y - size * 0.35;
    return svg`<g class="box-group ${selected ? 'selected' : ''}">
      <rect part="box ${selected ? 'box-selected' : ''}" class="box" x=${x} y=${y} width=${width} height=${height} />
      <text
        part="box-label"
        class="box-label"
        font-size=${size}
        x=${x + width / 2}
        y=${above > size ? above : y + size * 1.1}
      >${text}</text>
    </g>`;
  });
}
