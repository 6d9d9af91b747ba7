import { boundingBoxOfPoints } from './stroke-path.js';

/** An axis-aligned rectangle, y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the bounding box of at least one box. */
export function boxAround(boxes: readonly Box[]): Box {
  const points = boxes.flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  return boundingBoxOfPoints([{ points }])!;
}

/** Returns a box without what lies beyond the right and bottom sides of a picture. */
export function clampBox(
  { x, y, width, height }: Box,
  picture: { readonly width: number; readonly height: number },
): Box {
  return { x, y, width: Math.min(width, picture.width - x), height: Math.min(height, picture.height - y) };
}
