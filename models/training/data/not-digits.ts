/** What people draw that is no digit: scribbles, dots, lines, shapes, two digits at once, pieces of digits. */
import { length, slice, toUnitBox, type Path, type Point } from './geometry.js';
import type { Random } from './random.js';
import { drawTemplate } from './templates.js';

const path = (count: number, at: (share: number) => Point): Path =>
  Array.from({ length: count + 1 }, (_, index) => at(index / count));

/** Straight lines through the given corners. */
const corners = (...points: readonly (readonly [number, number])[]): Path => points.map(([x, y]) => ({ x, y }));

/** A hand that wanders: its direction changes smoothly and at random. */
function scribble(random: Random): Path[] {
  let direction = random.between(0, 2 * Math.PI);
  let turn = 0;
  let [x, y] = [0, 0];
  const restlessness = random.between(0.15, 0.6);
  const points: Point[] = [{ x, y }];
  for (let step = random.between(40, 160); step > 0; step--) {
    turn = 0.85 * turn + random.normal(restlessness);
    direction += turn;
    x += Math.cos(direction) - 0.02 * x;
    y += Math.sin(direction) - 0.02 * y;
    points.push({ x, y });
  }
  return [points];
}

/** Back and forth, as one blackens a place. */
function hatching(random: Random): Path[] {
  const turns = Math.floor(random.between(4, 12));
  return [
    path(turns, (share) => ({ x: (share * turns) % 2 < 0.5 ? 0 : 1, y: share * random.between(0.8, 1.2) })).map(
      ({ x, y }) => ({ x: x + random.normal(0.08), y: y + random.normal(0.03) }),
    ),
  ];
}

/** One to four lines, none of them upright: an upright one is a 1. */
function lines(random: Random): Path[] {
  const count = Math.floor(random.between(1, 5));
  const angle = (random.between(-28, 28) * Math.PI) / 180;
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return corners([0, index * 0.35], [x, index * 0.35 + y]);
  });
}

/** Upright lines side by side. */
function bars(random: Random): Path[] {
  const apart = random.between(0.25, 0.6);
  return Array.from({ length: Math.floor(random.between(2, 5)) }, (_, index) =>
    corners([index * apart, 0], [index * apart + random.normal(0.05), 1]),
  );
}

function dots(random: Random): Path[] {
  return Array.from({ length: Math.floor(random.between(1, 6)) }, () => [{ x: random.next(), y: random.next() }]);
}

const polygon = (sides: number, step: number): Path =>
  Array.from({ length: sides + 1 }, (_, index) => {
    const angle = (2 * Math.PI * index * step) / sides - Math.PI / 2;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });

const SHAPES: readonly ((random: Random) => Path[])[] = [
  () => [polygon(3, 1)],
  () => [polygon(5, 2)],
  () => [corners([0, 0], [1, 0], [1, 1], [0, 1], [0, 0])],
  () => [corners([0, 0.5], [1, 0.5]), corners([0.5, 0], [0.5, 1])],
  () => [corners([0, 0], [1, 1]), corners([1, 0], [0, 1])],
  () => [corners([0, 0.5], [1, 0.5]), corners([0.65, 0.2], [1, 0.5], [0.65, 0.8])],
  () => [corners([0, 0.6], [0.3, 1], [1, 0])],
  () => [corners([0, 0], [0.5, 1], [1, 0]), corners([0.25, 0.5], [0.75, 0.5])],
  () => [corners([0, 1], [0.25, 0], [0.5, 0.6], [0.75, 0], [1, 1])],
  () => [corners([0, 0], [0, 1]), corners([1, 0], [1, 1]), corners([0, 0.5], [1, 0.5])],
  () => [corners([0, 0], [0.2, 1], [0.5, 0.3], [0.8, 1], [1, 0])],
  () => [corners([0, 0.5], [0.5, 0], [1, 0.5]), corners([0.12, 0.4], [0.12, 1], [0.88, 1], [0.88, 0.4])],
  () => [path(40, (t) => ({ x: 4 * t, y: Math.sin(12 * t) / 2 }))],
  () => [path(60, (t) => ({ x: t * Math.cos(18 * t), y: t * Math.sin(18 * t) }))],
  () => [
    path(40, (t) => {
      const angle = 2 * Math.PI * t;
      return {
        x: Math.sin(angle) ** 3,
        y: -(13 * Math.cos(angle) - 5 * Math.cos(2 * angle) - 2 * Math.cos(3 * angle)) / 16,
      };
    }),
  ],
  () => [
    path(32, (t) => ({ x: Math.cos(2 * Math.PI * t), y: Math.sin(2 * Math.PI * t) })),
    [{ x: -0.35, y: -0.3 }],
    [{ x: 0.35, y: -0.3 }],
    path(12, (t) => ({ x: 0.5 * Math.cos(Math.PI * t), y: 0.15 + 0.4 * Math.sin(Math.PI * t) })),
  ],
  (random) => {
    const count = Math.floor(random.between(3, 7));
    return [Array.from({ length: count * 2 }, (_, index) => ({ x: index, y: index % 2 ? 0 : random.between(1, 4) }))];
  },
];

/** Two digits side by side. */
function doubled(random: Random): Path[] {
  const one = (): readonly Path[] => toUnitBox(drawTemplate(Math.floor(random.between(0, 10)), random));
  const apart = random.between(0.75, 1.1);
  return [...one(), ...one().map((stroke) => stroke.map(({ x, y }) => ({ x: x + apart, y })))];
}

/** A piece of a digit, which may happen to look like another one: see `isPiece` below. */
function piece(random: Random): Path[] {
  const stroke = random.pick(drawTemplate(random.pick([0, 2, 3, 5, 6, 8, 9]), random));
  const from = random.between(0, 0.6) * length(stroke);
  return [slice(stroke, from, from + random.between(0.2, 0.4) * length(stroke))];
}

/** Strokes that are no digit, and whether they are a piece of a digit, which a digit may look like. */
export function drawNotDigit(random: Random): { strokes: readonly Path[]; isPiece: boolean } {
  const kind = random.next();
  if (kind < 0.12) return { strokes: piece(random), isPiece: true };
  const draw =
    kind < 0.32
      ? scribble
      : kind < 0.38
        ? hatching
        : kind < 0.46
          ? lines
          : kind < 0.5
            ? bars
            : kind < 0.54
              ? dots
              : kind < 0.72
                ? doubled
                : random.pick(SHAPES);
  return { strokes: draw(random), isPiece: false };
}
