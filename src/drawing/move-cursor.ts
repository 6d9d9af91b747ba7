import type { Size } from './ink-store.js';
import type { Position } from './projection.js';

/** How far an arrow key moves the cursor, and how far with Shift, as shares of the frame's shorter side. */
const STEP = 1 / 20;
const SMALL_STEP = 1 / 100;

/** Direction of each arrow key, y down. */
const directions: ReadonlyMap<string, Position> = new Map([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
]);

/** Returns the cursor's position after an arrow key, clamped to the frame; null for other keys. */
export function moveCursor(cursor: Position, key: string, small: boolean, { width, height }: Size): Position | null {
  const direction = directions.get(key);
  if (!direction) return null;
  const step = Math.min(width, height) * (small ? SMALL_STEP : STEP);
  return {
    x: Math.min(width, Math.max(0, cursor.x + direction.x * step)),
    y: Math.min(height, Math.max(0, cursor.y + direction.y * step)),
  };
}
