/**
 * Typical non-digits: scribbles, dots, lines, shapes, objects, several digits at once, parts of digits, crossed-out
 * digits.
 *
 * Coordinates: y down, of any size.
 */
import { doodle, outline } from './doodles.js';
import { length, slice, toUnitBox, type Path, type Point } from './geometry.js';
import { times, type Random } from './random.js';

/** The strokes of a digit, of any size and position. */
export interface DrawnDigit {
  readonly digit: number;
  readonly strokes: readonly Path[];
}

/** Draws any digit; real ones have better parts than templates. */
export type DrawDigit = (random: Random) => DrawnDigit;

const TURN = 2 * Math.PI;

const path = (count: number, at: (share: number) => Point): Path =>
  Array.from({ length: count + 1 }, (_, index) => at(index / count));

/** Draws straight lines through the given corners. */
const corners = (...points: readonly (readonly [number, number])[]): Path => points.map(([x, y]) => ({ x, y }));

/** Draws an elliptical arc, with angles in turns: 0 is right, 0.25 down. */
const arc = (x: number, y: number, radiusX: number, radiusY = radiusX, from = 0, to = 1): Path =>
  path(Math.max(8, Math.ceil(40 * Math.abs(to - from))), (share) => {
    const angle = TURN * (from + (to - from) * share);
    return { x: x + radiusX * Math.cos(angle), y: y + radiusY * Math.sin(angle) };
  });

const dot = (x: number, y: number): Path => [{ x, y }];


/** Draws a wandering line: its direction changes smoothly and randomly. */
function scribble(random: Random): Path[] {
  let direction = random.between(0, TURN);
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

/** Draws a line back and forth, as if filling an area. */
function hatching(random: Random): Path[] {
  const turns = random.whole(4, 12);
  const height = random.between(0.8, 1.2);
  return [
    times(turns + 1, (index) => ({
      x: (index % 2) + random.normal(0.08),
      y: (index / turns) * height + random.normal(0.03),
    })),
  ];
}

/** Draws one to four lines, none of them vertical: that would be a 1. */
function lines(random: Random): Path[] {
  const angle = (random.between(-28, 28) * Math.PI) / 180;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return times(random.whole(1, 4), (index) => corners([0, index * 0.35], [x, index * 0.35 + y]));
}

/** Draws parallel vertical lines. */
function bars(random: Random): Path[] {
  const apart = random.between(0.25, 0.6);
  return times(random.whole(2, 5), (index) => corners([index * apart, 0], [index * apart + random.normal(0.05), 1]));
}

const dots = (random: Random): Path[] => times(random.whole(1, 6), () => dot(random.next(), random.next()));

/** Draws a polygon whose corners are connected `step` apart: 2 makes stars of those with at least five corners. */
const polygon = (sides: number, step = 1): Path =>
  path(sides, (share) => {
    const angle = TURN * share * step - TURN / 4;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });

/** Draws rays around a center. */
const rays = (count: number, from: number, to: number): Path[] =>
  times(count, (index) => {
    const [x, y] = [Math.cos((TURN * index) / count), Math.sin((TURN * index) / count)];
    return corners([from * x, from * y], [to * x, to * y]);
  });

/** Draws a closed line around a center with varying distance: petals, clouds, suns. */
const wavyRing = (waves: number, depth: number): Path =>
  path(24 * waves, (share) => {
    const radius = 1 + depth * Math.sin(TURN * share * waves);
    return { x: radius * Math.cos(TURN * share), y: radius * Math.sin(TURN * share) };
  });

/** Draws a zigzag line with the given number of corners. */
const zigzag = (random: Random): Path =>
  times(random.whole(5, 12), (index) => ({
    x: index,
    y: index % 2 ? random.between(-0.3, 0.3) : random.between(1, 4),
  }));

/** Named objects, as people draw them in a second or two. */
const OBJECTS: readonly ((random: Random) => Path[])[] = [
  // Triangle, square, pentagon, and stars with five to seven points.
  (random) => [polygon(random.whole(3, 5))],
  () => [corners([0, 0], [1, 0], [1, 1], [0, 1], [0, 0])],
  (random) => [corners([0, 0], [random.between(1.5, 3), 0], [2, 1], [0, 1], [0, 0])],
  (random) => [polygon(random.pick([5, 7]), 2)],
  () => [polygon(3), polygon(3).map(({ x, y }) => ({ x, y: -y }))],
  // Plus, cross, asterisk, hash, equals, division, percent, check mark.
  () => [corners([0, 0.5], [1, 0.5]), corners([0.5, 0], [0.5, 1])],
  () => [corners([0, 0], [1, 1]), corners([1, 0], [0, 1])],
  (random) => rays(random.whole(5, 9), 0, 1),
  () => [
    corners([0.3, 0], [0.2, 1]),
    corners([0.75, 0], [0.65, 1]),
    corners([0, 0.3], [1, 0.3]),
    corners([0, 0.7], [1, 0.7]),
  ],
  () => [corners([0, 0.5], [1, 0.5]), dot(0.5, 0.1), dot(0.5, 0.9)],
  () => [corners([1, 0], [0, 1]), arc(0.15, 0.2, 0.15), arc(0.85, 0.8, 0.15)],
  () => [corners([0, 0.6], [0.3, 1], [1, 0])],
  // Arrows: right, down, round, and back and forth.
  (random) => {
    const head = random.between(0.15, 0.35);
    return [corners([0, 0.5], [1, 0.5]), corners([1 - head, 0.5 - head], [1, 0.5], [1 - head, 0.5 + head])];
  },
  (random) => {
    const head = random.between(0.15, 0.35);
    const down = [corners([0.5, 0], [0.5, 1]), corners([0.5 - head, 1 - head], [0.5, 1], [0.5 + head, 1 - head])];
    return random.chance(0.5) ? down : down.map((stroke) => stroke.map(({ x, y }) => ({ x, y: -y })));
  },
  () => [arc(0, 0, 1, 1, 0.1, 0.9), corners([0.4, -0.7], [0.85, -0.6], [0.9, -1])],
  // Capital letters: A, M, H, W, E, F, K, N.
  () => [corners([0, 1], [0.5, 0], [1, 1]), corners([0.25, 0.5], [0.75, 0.5])],
  () => [corners([0, 1], [0.25, 0], [0.5, 0.6], [0.75, 0], [1, 1])],
  () => [corners([0, 0], [0, 1]), corners([1, 0], [1, 1]), corners([0, 0.5], [1, 0.5])],
  () => [corners([0, 0], [0.2, 1], [0.5, 0.3], [0.8, 1], [1, 0])],
  () => [corners([0.8, 0], [0, 0], [0, 1], [0.8, 1]), corners([0, 0.5], [0.6, 0.5])],
  () => [corners([0.8, 0], [0, 0], [0, 1]), corners([0, 0.5], [0.6, 0.5])],
  () => [corners([0, 0], [0, 1]), corners([0.7, 0], [0, 0.5], [0.7, 1])],
  () => [corners([0, 1], [0, 0], [0.7, 1], [0.7, 0])],
  // Question and exclamation marks, ampersand, at sign.
  (random) => [
    [...arc(0.5, 0.25, 0.28, 0.25, -0.5, 0.2), { x: 0.5, y: random.between(0.6, 0.75) }],
    dot(0.5, random.between(0.9, 1.05)),
  ],
  () => [corners([0.5, 0], [0.5, 0.7]), dot(0.5, 1)],
  () => [
    [
      ...corners([0.9, 1], [0.3, 0.3]),
      ...arc(0.45, 0.2, 0.18, 0.2, -0.6, 0.2),
      ...arc(0.35, 0.75, 0.3, 0.25, -0.3, -0.95),
      { x: 0.9, y: 0.6 },
    ],
  ],
  () => [[...arc(0, 0, 0.35, 0.35, 0, 1), ...arc(0.2, 0, 0.5, 0.7, 0.15, 0), ...arc(0, 0, 0.9, 0.9, 0, -0.85)]],
  // House, with a door or a chimney.
  (random) => {
    const house = [corners([0, 0.5], [0.5, 0], [1, 0.5]), corners([0.1, 0.45], [0.1, 1.1], [0.9, 1.1], [0.9, 0.45])];
    if (random.chance(0.5)) house.push(corners([0.4, 1.1], [0.4, 0.75], [0.6, 0.75], [0.6, 1.1]));
    if (random.chance(0.3)) house.push(corners([0.75, 0.25], [0.75, 0], [0.85, 0], [0.85, 0.35]));
    return house;
  },
  // The same in one line, crossed inside.
  () => [corners([0, 1], [0, 0.4], [1, 0.4], [0.5, 0], [0, 0.4], [1, 1], [0, 1], [1, 0.4], [1, 1])],
  // Waves, a spiral, a spring of loops.
  (random) => {
    const waves = random.between(1.5, 4);
    const height = random.between(0.1, 0.4);
    return [path(60, (t) => ({ x: t, y: height * Math.sin(TURN * waves * t) }))];
  },
  (random) => {
    const turns = random.between(1.8, 4) * (random.chance(0.5) ? 1 : -1);
    return [path(80, (t) => ({ x: t * Math.cos(TURN * turns * t), y: t * Math.sin(TURN * turns * t) }))];
  },
  (random) => {
    const loops = random.whole(3, 6);
    return [
      path(30 * loops, (t) => ({
        x: 0.35 * loops * t + 0.3 * Math.sin(TURN * loops * t),
        y: 0.4 * Math.cos(TURN * loops * t),
      })),
    ];
  },
  // Heart, in one line.
  () => [
    path(40, (t) => {
      const angle = TURN * t;
      const drop = 13 * Math.cos(angle) - 5 * Math.cos(2 * angle) - 2 * Math.cos(3 * angle) - Math.cos(4 * angle);
      return { x: Math.sin(angle) ** 3, y: -drop / 16 };
    }),
  ],
  // Face, glad or sad, with a nose or ears.
  (random) => {
    const glad = random.chance(0.7);
    const mouth = glad ? arc(0, 0.15, 0.5, 0.4, 0.05, 0.45) : arc(0, 0.7, 0.45, 0.35, 0.55, 0.95);
    const face = [arc(0, 0, 1), dot(-0.35, -0.3), dot(0.35, -0.3), mouth];
    if (random.chance(0.3)) face.push(corners([0, -0.1], [-0.1, 0.15], [0.05, 0.15]));
    if (random.chance(0.3))
      face.push(corners([-0.8, -0.6], [-0.8, -1.2], [-0.3, -0.95]), corners([0.8, -0.6], [0.8, -1.2], [0.3, -0.95]));
    return face;
  },
  // Flower, sun, cloud.
  (random) => {
    const flower = [
      arc(0, 0, 0.3),
      ...times(random.whole(5, 7), (i) => arc(0.6 * Math.cos((TURN * i) / 6), 0.6 * Math.sin((TURN * i) / 6), 0.3)),
    ];
    return random.chance(0.6) ? [...flower, corners([0, 0.9], [0, 2]), arc(0.3, 1.5, 0.3, 0.12, 0.5, 1.4)] : flower;
  },
  (random) => [wavyRing(random.whole(5, 8), random.between(0.2, 0.45)), arc(0, 0, 0.25)],
  (random) => [arc(0, 0, 0.45), ...rays(random.whole(6, 10), 0.6, 1)],
  (random) => [wavyRing(random.whole(5, 9), random.between(0.06, 0.2)).map(({ x, y }) => ({ x: 1.6 * x, y }))],
  // Stick figure.
  () => [
    arc(0, 0, 0.25),
    corners([0, 0.25], [0, 1]),
    corners([-0.5, 0.55], [0.5, 0.55]),
    corners([-0.4, 1.6], [0, 1], [0.4, 1.6]),
  ],
  // Tree, fir, leaf, mushroom.
  (random) => [wavyRing(random.whole(6, 9), 0.12), corners([-0.2, 1], [-0.2, 2]), corners([0.2, 1], [0.2, 2])],
  () => [
    corners([0, 0], [-0.5, 0.5], [-0.2, 0.5], [-0.7, 1], [0.7, 1], [0.2, 0.5], [0.5, 0.5], [0, 0]),
    corners([0, 1], [0, 1.3]),
  ],
  () => [
    arc(0, 0, 0.45, 1),
    corners([0, 1.4], [0, -0.8]),
    ...times(3, (i) => corners([-0.3, 0.4 * i - 0.6], [0, 0.4 * i - 0.3], [0.3, 0.4 * i - 0.6])),
  ],
  () => [[...arc(0, 0, 1, 0.8, 0.5, 1), { x: -1, y: 0 }], corners([-0.3, 0], [-0.3, 1], [0.3, 1], [0.3, 0])],
  // Fish, bird, snail, cat's or rabbit's head.
  () => [
    [...arc(0, 0, 1, 0.5, 0.05, 0.95), { x: 1.5, y: 0.5 }, { x: 1.5, y: -0.5 }, { x: 0.95, y: 0.15 }],
    dot(-0.6, -0.1),
  ],
  () => [[...arc(-0.5, 0, 0.5, 0.35, 0.5, 1), ...arc(0.5, 0, 0.5, 0.35, 0.5, 1)]],
  () => [
    path(60, (t) => ({ x: (1 - 0.8 * t) * Math.cos(TURN * 2 * t), y: (1 - 0.8 * t) * Math.sin(TURN * 2 * t) })),
    corners([1, 0], [1, 1], [-1.8, 1], [-1.8, 0.2]),
  ],
  () => [arc(0, 0, 0.6), arc(-0.3, -1.1, 0.15, 0.6), arc(0.3, -1.1, 0.15, 0.6)],
  // Car, ship, cup, key, lamp, umbrella, envelope, bolt, flag, clock, moon, eye, hand, letter T.
  () => [
    corners([0, 1], [0, 0.6], [0.4, 0.6], [0.6, 0.2], [1.3, 0.2], [1.5, 0.6], [2, 0.6], [2, 1], [0, 1]),
    arc(0.5, 1, 0.18),
    arc(1.5, 1, 0.18),
  ],
  () => [
    corners([0, 0.6], [0.3, 1], [1.2, 1], [1.5, 0.6], [0, 0.6]),
    corners([0.7, 0.6], [0.7, -0.4], [1.3, 0.4], [0.7, 0.4]),
  ],
  () => [corners([0, 0], [0.1, 1], [0.7, 1], [0.8, 0], [0, 0]), arc(0.8, 0.4, 0.25, 0.25, -0.25, 0.25)],
  () => [arc(0, 0, 0.4), corners([0.4, 0], [1.6, 0], [1.6, 0.3]), corners([1.3, 0], [1.3, 0.25])],
  () => [arc(0, 0, 0.6, 0.6, 0.35, 1.15), corners([-0.35, 0.5], [-0.3, 0.9], [0.3, 0.9], [0.35, 0.5])],
  () => [
    [...arc(0, 0, 1, 0.8, 0.5, 1), { x: -1, y: 0 }],
    [...corners([0, 0], [0, 1]), ...arc(-0.15, 1, 0.15, 0.15, 0, 0.5)],
  ],
  () => [corners([0, 0], [1.5, 0], [1.5, 1], [0, 1], [0, 0]), corners([0, 0], [0.75, 0.6], [1.5, 0])],
  () => [corners([0.6, 0], [0.1, 0.6], [0.5, 0.55], [0.2, 1.2], [0.9, 0.4], [0.5, 0.42], [0.9, 0], [0.6, 0])],
  () => [corners([0, 1.5], [0, 0], [1, 0.3], [0, 0.6])],
  () => [arc(0, 0, 1), corners([0, -0.7], [0, 0], [0.5, 0.2])],
  () => [[...arc(0, 0, 1, 1, 0.2, 0.8), ...arc(0.3, 0, 0.75, 0.9, 0.75, 0.25)]],
  () => [arc(0, 0.5, 1, 0.8, 0.55, 0.95), arc(0, -0.5, 1, 0.8, 0.05, 0.45), arc(0, 0, 0.25)],
  () => [
    corners(
      [0, 1],
      [0, 0.4],
      [0.2, 0],
      [0.3, 0.4],
      [0.45, -0.2],
      [0.6, 0.4],
      [0.75, -0.1],
      [0.85, 0.5],
      [1.1, 0.3],
      [0.9, 1],
    ),
  ],
  () => [corners([0, 0], [1, 0]), corners([0.5, 0], [0.5, 1])],
  // Circles in one another, boxes in one another, a grid, a ladder.
  (random) => times(random.whole(2, 3), (index) => arc(random.normal(0.05), random.normal(0.05), 0.35 * (index + 1))),
  () => [
    corners([0, 0], [1, 0], [1, 1], [0, 1], [0, 0]),
    corners([0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7], [0.3, 0.3]),
  ],
  () =>
    times(4, (index) =>
      index < 2
        ? corners([0, 0.33 * (index + 1)], [1, 0.33 * (index + 1)])
        : corners([0.33 * (index - 1), 0], [0.33 * (index - 1), 1]),
    ),
  (random) => [
    corners([0, 0], [0, 1.6]),
    corners([0.6, 0], [0.6, 1.6]),
    ...times(random.whole(2, 5), (index) => corners([0, 0.3 * (index + 0.5)], [0.6, 0.3 * (index + 0.5)])),
  ],
  (random) => [zigzag(random)],
  (random) => [zigzag(random).map(({ x, y }) => ({ x: y, y: x }))],
];

/** Draws an object, half of the time with other proportions: variation bends lines, but hardly stretches them. */
function object(random: Random): Path[] {
  const strokes = random.pick(OBJECTS)(random);
  if (random.chance(0.5)) return strokes;
  const stretch = Math.exp(random.normal(0.35));
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * stretch, y })));
}

const widthOf = (strokes: readonly Path[]): number => {
  const xs = strokes.flat().map(({ x }) => x);
  return Math.max(...xs) - Math.min(...xs);
};

/** Draws two or three digits side by side, separate or touching. */
function severalDigits(random: Random, draw: DrawDigit): Path[] {
  const strokes: Path[] = [];
  let right = 0;
  for (let count = random.chance(0.8) ? 2 : 3; count > 0; count--) {
    const one = toUnitBox(draw(random).strokes);
    const half = widthOf(one) / 2;
    const height = random.normal(0.06);
    for (const stroke of one) strokes.push(stroke.map(({ x, y }) => ({ x: x + right + half, y: y + height })));
    right += 2 * half + random.between(-0.06, 0.25);
  }
  return strokes;
}

/**
 * Draws a crossed-out digit: with a cross, with lines, or with a line back and forth. A single line would make a
 * slashed 0, or a crossed 1 or 7.
 */
function crossedOut(random: Random, draw: DrawDigit): Path[] {
  const digit = toUnitBox(draw(random).strokes);
  const shift = (): number => random.normal(0.06);
  const reach = random.between(0.4, 0.65);
  const kind = random.next();
  if (kind < 0.35) {
    const [wide, high] = [Math.max(0.3, widthOf(digit) * reach), reach];
    return [
      ...digit,
      corners([-wide + shift(), -high + shift()], [wide + shift(), high + shift()]),
      corners([wide + shift(), -high + shift()], [-wide + shift(), high + shift()]),
    ];
  }
  if (kind < 0.65) {
    const tilt = random.between(-0.3, 0.3);
    const count = random.whole(2, 4);
    const strike = (index: number): Path => {
      const y = (index - (count - 1) / 2) * random.between(0.15, 0.28);
      return corners([-reach + shift(), y - tilt + shift() / 2], [reach + shift(), y + tilt + shift() / 2]);
    };
    return [...digit, ...times(count, strike)];
  }
  const strikes = toUnitBox(random.chance(0.5) ? hatching(random) : scribble(random));
  const size = random.between(0.8, 1.2);
  return [...digit, ...strikes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * size, y: y * size })))];
}

/** Draws a part of a digit, which may happen to look like another one. */
function piece(random: Random, draw: DrawDigit): Path[] {
  const { digit, strokes } = draw(random);
  const long = strokes.filter((stroke) => stroke.length > 3);
  if (digit === 1 || long.length === 0) return piece(random, draw);
  const stroke = random.pick(long);
  const from = random.between(0, 0.6) * length(stroke);
  return [slice(stroke, from, from + random.between(0.2, 0.45) * length(stroke))];
}

/** Kinds of generated non-digits; their indices are the labels of the array set. */
export const NON_DIGIT_KINDS = [
  'piece',
  'scribble',
  'hatching',
  'lines',
  'bars',
  'dots',
  'several',
  'crossed-out',
  'object',
  'outline',
  'doodle',
] as const;

export type NonDigitKind = (typeof NON_DIGIT_KINDS)[number];

const DRAW: Record<NonDigitKind, (random: Random, draw: DrawDigit) => Path[]> = {
  piece,
  scribble,
  hatching,
  lines,
  bars,
  dots,
  several: severalDigits,
  'crossed-out': crossedOut,
  object,
  outline,
  doodle,
};

/** Percentage of drawings of each kind. */
const SHARES: Record<NonDigitKind, number> = {
  piece: 8,
  scribble: 12,
  hatching: 3,
  lines: 5,
  bars: 3,
  dots: 3,
  several: 14,
  'crossed-out': 12,
  object: 20,
  outline: 8,
  doodle: 12,
};

/** Draws a non-digit, and returns its kind: a part of a digit may look like a digit. */
export function drawNonDigit(random: Random, draw: DrawDigit): { strokes: Path[]; kind: NonDigitKind } {
  let left = 100 * random.next();
  const kind = NON_DIGIT_KINDS.find((each) => (left -= SHARES[each]) < 0) ?? 'object';
  return { strokes: DRAW[kind](random, draw), kind };
}
