import { svg, type SVGTemplateResult } from 'lit';
import type { Size } from '../../drawing/index.js';

/** A frame with a label over a part of the ink. In the same units as the strokes. */
export interface InkBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly selected?: boolean;
}

/** Height of the labels as a share of the frame's shorter side. */
const LABEL_SIZE = 0.075;

/** The boxes as SVG. Each label stands above its box, or in it where there is no room. */
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
