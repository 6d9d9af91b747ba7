import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  penWidthFor,
  strokeRuns,
  StrokeTracer,
  type Position,
  type Point,
  type Size,
  type Stroke,
  type StrokeRun,
  type Strokes,
} from '../../drawing/index.js';
import { cssProperties } from '../shared/css-properties.js';
import { renderBoxes, type InkBox } from './ink-box.js';

/** Most curves in one path of the current stroke: only the last path changes. */
const CURVES_PER_PATH = 64;

/** How many runs of a stroke are checked for changes at once. */
const RUNS_PER_BATCH = 32;

const NO_POINTS: readonly Point[] = [];

/** What a pad shows on its surface. */
export interface SurfaceContent {
  readonly frame: Size;
  /** The size of the surface, in CSS pixels. */
  readonly sheet: Size;
  readonly strokes: Strokes;
  /** Whether the last stroke is still growing, drawn or replayed. */
  readonly growing: boolean;
  /** Predicted points of the current stroke. */
  readonly ahead: readonly Point[];
  readonly boxes: readonly InkBox[];
  /** The keyboard cursor; null while not in use. */
  readonly cursor: (Position & { readonly down: boolean }) | null;
}

/** Renders ink. Complete strokes are rendered once; of a growing stroke, only the last path changes. */
export class InkLayer {
  readonly #tracer = new StrokeTracer(CURVES_PER_PATH);

  /** @param pen listens to pointer events on the ink */
  render(
    { frame, sheet, strokes, growing, ahead, boxes, cursor }: SurfaceContent,
    pen: EventListenerObject,
  ): TemplateResult {
    const last = strokes.length - 1;
    return html`<svg
      class="ink"
      aria-hidden="true"
      viewBox="0 0 ${frame.width} ${frame.height}"
      @pointerdown=${pen}
      @pointermove=${pen}
      @pointerup=${pen}
      @pointercancel=${pen}
      @lostpointercapture=${pen}
      @contextmenu=${pen}
      @touchmove=${pen}
      ${cssProperties({ '--pen-width': `${penWidthFor(frame)}px` })}
    >
      <g class="strokes" stroke-width=${penWidthFor(frame)}>
        ${strokes.map((stroke, index) => {
          const grows = growing && index === last;
          return this.#renderStroke(stroke, grows, grows ? ahead : NO_POINTS);
        })}
      </g>
      ${renderBoxes(boxes, frame, sheet)} ${renderCursor(cursor, frame)}
    </svg>`;
  }

  #renderStroke(stroke: Stroke, grows: boolean, ahead: readonly Point[]): unknown {
    return guard([stroke, grows, ahead], () => {
      const runs = grows ? this.#tracer.trace(stroke.points, ahead) : strokeRuns(stroke.points);
      return svg`<g class="stroke">${batchesOf(runs).map(renderBatch)}</g>`;
    });
  }
}

function renderCursor(cursor: SurfaceContent['cursor'], frame: Size): SVGTemplateResult | typeof nothing {
  if (!cursor) return nothing;
  const { x, y, down } = cursor;
  const arm = penWidthFor(frame) * 1.5;
  const cross = `M${x - arm} ${y}h${2 * arm}M${x} ${y - arm}v${2 * arm}`;
  return svg`<g part="cursor" class="cursor ${down ? 'down' : ''}">
    <path class="halo" d=${cross} /><path d=${cross} />
    <circle class="halo" cx=${x} cy=${y} r=${arm / 2} />
    <circle cx=${x} cy=${y} r=${arm / 2} />
  </g>`;
}

function batchesOf(runs: readonly StrokeRun[]): readonly (readonly StrokeRun[])[] {
  const count = Math.ceil(runs.length / RUNS_PER_BATCH);
  return Array.from({ length: count }, (_, index) => runs.slice(index * RUNS_PER_BATCH, (index + 1) * RUNS_PER_BATCH));
}

/** Runs are append-only, but the last one may change. */
function renderBatch(runs: readonly StrokeRun[]): unknown {
  return guard([runs.length, runs[runs.length - 1]], () => runs.map(renderRun));
}

function renderRun({ path, width }: StrokeRun): SVGTemplateResult {
  return width === 1
    ? svg`<path d=${path} />`
    : svg`<path d=${path} ${cssProperties({ '--pressure': String(width) })} />`;
}
