import type { PixelSource } from './pixel-source.js';
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

export const middleX = ({ x, width }: Box): number => x + width / 2;
export const middleY = ({ y, height }: Box): number => y + height / 2;

/** Returns how far two ranges overlap; if they do not, the gap between them, negative. */
const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

/** Returns the width that two boxes share; if one is beside the other, the gap between them, negative. */
export const horizontalOverlap = (one: Box, other: Box): number => overlap(one.x, one.width, other.x, other.width);

/** Returns the height that two boxes share; if one is above the other, the gap between them, negative. */
export const verticalOverlap = (one: Box, other: Box): number => overlap(one.y, one.height, other.y, other.height);

/** Returns a box of a picture's pixels in the picture's own units, without what lies beyond its right and bottom sides. */
export function toOriginalBox({ x, y, width, height }: Box, picture: PixelSource): Box {
  const { original = picture } = picture;
  const across = original.width / picture.width;
  const down = original.height / picture.height;
  return {
    x: x * across,
    y: y * down,
    width: Math.min(width, picture.width - x) * across,
    height: Math.min(height, picture.height - y) * down,
  };
}
