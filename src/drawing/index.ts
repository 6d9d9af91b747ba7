export { describeValue } from './describe-value.js';
export { DrawingError, type DrawingErrorCode } from './drawing-error.js';
export { frameFor, moveIntoView } from './frame-for.js';
export { InkStore, type ClearOptions, type InkSnapshot, type Size } from './ink-store.js';
export { moveCursor } from './move-cursor.js';
export { penWidthFor } from './pen-width.js';
export { fitFrame, unproject, type Corners, type Position } from './projection.js';
export { hasMethod, readOptions, readParts } from './read-options.js';
export type { ReplayMoment } from './replay-times.js';
export { StrokeTracer, strokeRuns, type StrokeRun } from './stroke-runs.js';
export { strokesToPNG } from './strokes-to-png.js';
export { strokesToSVG, type PictureOptions } from './strokes-to-svg.js';
export {
  copyDrawing,
  copyStrokes,
  isStrokes,
  type DrawingData,
  type Point,
  type Stroke,
  type Strokes,
} from './strokes.js';
export { touchedStrokes } from './touched-strokes.js';
