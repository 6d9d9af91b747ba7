import { svg, type SVGTemplateResult } from 'lit';
import { penWidthFor, type Size } from '../../drawing/index.js';
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

/** Smallest label height, in CSS pixels. */
const MIN_LABEL_SIZE = 12;

/** Space between a frame and the ink in it, in the frame's units. */
const SPACE = 4;

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
 * Returns the boxes of a drawn number, around its lines rather than through their middle, so that a straight 1 has one
 * too; within the frame, and apart from each other if there is room.
 * @internal
 */
export function boxesAround(snapshot: PadSnapshot, frame: Size): readonly InkBox[] {
  const half = penWidthFor(frame) / 2;
  const margin = half + SPACE;
  /** Between two digits. */
  const aside = (left?: InkBox, right?: InkBox): number =>
    left && right ? Math.max(half, Math.min(margin, (right.x - left.x - left.width) / 2 - 1)) : margin;
  return boxesOf(snapshot).map((box, index, boxes) => {
    const x = Math.max(1, box.x - aside(boxes[index - 1], box));
    const y = Math.max(1, box.y - margin);
    const width = Math.min(frame.width - 1, box.x + box.width + aside(box, boxes[index + 1])) - x;
    const height = Math.min(frame.height - 1, box.y + box.height + margin) - y;
    return { ...box, x, y, width, height };
  });
}

/**
 * Renders boxes as SVG. Each label is above its box, or below or inside if there is no room.
 * @param sheet the size at which the frame is shown, in CSS pixels
 * @internal
 */
export function renderBoxes(boxes: readonly InkBox[], frame: Size, sheet: Size): readonly SVGTemplateResult[] {
  const scale = Math.max(frame.width / sheet.width, frame.height / sheet.height);
  const size = Math.max(MIN_LABEL_SIZE * scale, Math.min(frame.width, frame.height) * LABEL_SIZE);
  return boxes.map(({ x, y, width, height, text, selected = false }) => {
    const above = y - size * 0.35;
    const below = y + height + size;
    return svg`<g class="box-group ${selected ? 'selected' : ''}">
      <rect part="box ${selected ? 'box-selected' : ''}" class="box" x=${x} y=${y} width=${width} height=${height} />
      <text
        part="box-label"
        class="box-label"
        font-size=${size}
        x=${x + width / 2}
        y=${above > size ? above : below < frame.height ? below : y + size * 1.1}
      >${text}</text>
    </g>`;
  });
}
