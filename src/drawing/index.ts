export { InkStore, type InkSnapshot, type Size } from './ink-store.js';
export { strokePath } from './stroke-path.js';
export { isStrokes, type Point, type Stroke, type Strokes } from './strokes.js';
