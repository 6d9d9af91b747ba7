import type { Strokes } from '../../src/drawing/index.js';

/** A line through corners, with points as dense as a pen's. */
function line(...corners: readonly (readonly [x: number, y: number])[]): Strokes[number] {
  const spacing = 6;
  const points = corners.slice(1).flatMap(([endX, endY], index) => {
    const [startX, startY] = corners[index];
    const steps = Math.max(1, Math.round(Math.hypot(endX - startX, endY - startY) / spacing));
    return Array.from({ length: steps }, (_, step) => ({
      x: startX + ((endX - startX) * step) / steps,
      y: startY + ((endY - startY) * step) / steps,
    }));
  });
  const [x, y] = corners[corners.length - 1];
  return { points: [...points, { x, y }] };
}

/** An arc in radians from `start` to `end`, clockwise since y points down. */
function arc(centerX: number, centerY: number, radius: number, start: number, end: number): Strokes[number] {
  const steps = 24;
  return {
    points: Array.from({ length: steps + 1 }, (_, step) => {
      const angle = start + ((end - start) * step) / steps;
      return { x: centerX + radius * Math.cos(angle), y: centerY + radius * Math.sin(angle) };
    }),
  };
}

/** Digits drawn on a pad of 280 by 280 pixels. */
export const seven: Strokes = [line([78, 62], [140, 60], [204, 60], [180, 104], [152, 152], [130, 196], [120, 228])];

/** A non-digit. */
export const arrow: Strokes = [line([42, 140], [238, 140]), line([174, 76], [238, 140], [174, 204])];

export const three: Strokes = [
  {
    points: [...arc(136, 100, 46, -2.5, 1.7).points, ...arc(134, 188, 50, -1.45, 2.5).points],
  },
];

/** With a crossbar, in two strokes. */
export const four: Strokes = [
  line([142, 54], [112, 110], [76, 172], [204, 172]),
  line([168, 112], [166, 170], [162, 236]),
];

/** Drawn by a pen that presses harder on the way down. */
export const pressed: Strokes = seven.map(({ points }) => ({
  points: points.map((point, index) => ({ ...point, pressure: 0.1 + (0.8 * index) / points.length })),
}));

const moved = (strokes: Strokes, shift: number, scale: number): Strokes =>
  strokes.map(({ points }) => ({ points: points.map(({ x, y }) => ({ x: x * scale + shift, y: y * scale })) }));

/** A seven and a three on a pad of 600 by 200 pixels. */
export const sideBySide: Strokes = [...moved(seven, 0, 0.6), ...moved(three, 140, 0.6)];

/** Digits side by side on a pad two and a half times as wide as it is high. */
export const number: Strokes = [...moved(seven, -20, 1), ...moved(three, 150, 1), ...moved(four, 320, 1)];
