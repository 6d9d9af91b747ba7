/**
 * Generic doodles: outlines, and combinations of outlines, lines and arcs similar to how people draw animals, tools and
 * faces, since no list of objects is ever long enough.
 *
 * Coordinates: y down, of any size.
 */
import { toUnitBox, type Path } from './geometry.js';
import { times, type Random } from './random.js';

const TURN = 2 * Math.PI;

/** A smooth closed line around a center, with a few random waves. */
function blob(random: Random, roughness: number): Path {
  const waves = times(5, (index) => ({
    count: index + 2,
    depth: random.normal(roughness / (index + 1)),
    phase: random.between(0, TURN),
  }));
  const start = random.next();
  return times(81, (index) => {
    const angle = TURN * (start + index / 80);
    const radius = waves.reduce((sum, { count, depth, phase }) => sum + depth * Math.sin(count * angle + phase), 1);
    return { x: Math.max(0.1, radius) * Math.cos(angle), y: Math.max(0.1, radius) * Math.sin(angle) };
  });
}

/** A closed line around a center with corners, alternately near and far: bolts, stars, leaves, crowns, houses. */
function jagged(random: Random): Path {
  const count = random.whole(5, 14);
  const inner = random.between(0.3, 1);
  const corners = times(count, (index) => {
    const angle = (TURN * (index + random.normal(0.18))) / count;
    const radius = (index % 2 ? inner : 1) * random.between(0.75, 1.15);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  return [...corners, corners[0]];
}

/** An outline along an upper edge and back along a lower one: mountains, skylines, waves, fishes, shoes. */
function strip(random: Random): Path {
  const count = random.whole(4, 9);
  const edge = (from: number): Path =>
    times(count, (index) => ({ x: (2 * index) / (count - 1) - 1, y: from * random.between(0.1, 0.9) }));
  const upper = edge(-1);
  const lower = random.chance(0.5) ? [...edge(1)].reverse() : [{ x: 1, y: 0.4 }, { x: -1, y: 0.4 }];
  const open = [...upper, ...lower];
  return random.chance(0.8) ? [...open, upper[0]] : open;
}

/** A line with a few sharp or round turns. */
function crooked(random: Random): Path {
  const corners = times(random.whole(3, 6), () => ({ x: random.between(-1, 1), y: random.between(-1, 1) }));
  return random.chance(0.5) ? corners : smooth(corners);
}

/** The same line with its corners cut three times (Chaikin 1974). */
function smooth(line: Path): Path {
  const cut = (points: Path): Path => [
    points[0],
    ...points.slice(1).flatMap((point, index) => {
      const before = points[index];
      return [0.25, 0.75].map((share) => ({
        x: before.x + share * (point.x - before.x),
        y: before.y + share * (point.y - before.y),
      }));
    }),
    points[points.length - 1],
  ];
  return cut(cut(cut(line)));
}

/** A closed shape, which may happen to look like a digit. */
export function outline(random: Random): Path[] {
  const kind = random.next();
  const shape = kind < 0.35 ? blob(random, random.between(0.15, 0.6)) : kind < 0.7 ? jagged(random) : strip(random);
  const stretch = Math.exp(random.normal(0.4));
  const turn = random.between(0, TURN);
  const placed = place(shape, 0, 0, stretch, 1, turn);
  return [random.chance(0.25) ? smooth(placed) : placed];
}

const place = (line: Path, x: number, y: number, width: number, height: number, turn: number): Path => {
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  return line.map((point) => {
    const [across, down] = [point.x * width, point.y * height];
    return { x: x + across * cosine - down * sine, y: y + across * sine + down * cosine };
  });
};

const straight: Path = [
  { x: -1, y: 0 },
  { x: 1, y: 0 },
];

/** A part of a drawing, in -1..1. */
function part(random: Random): Path {
  const kind = random.next();
  if (kind < 0.3) return blob(random, random.between(0, 0.15));
  if (kind < 0.45) return jagged(random);
  if (kind < 0.55) return strip(random);
  if (kind < 0.75) return straight;
  if (kind < 0.85) return crooked(random);
  const to = random.between(0.25, 0.8);
  return times(30, (index) => ({ x: Math.cos((TURN * to * index) / 29), y: Math.sin((TURN * to * index) / 29) }));
}

/** A body with at least four parts on it, inside it or next to it; symmetric half of the time. */
export function doodle(random: Random): Path[] {
  const [body] = random.chance(0.5) ? [blob(random, 0.12)] : outline(random);
  const width = Math.exp(random.normal(0.4));
  const strokes = [place(body, 0, 0, width, 1, 0)];
  const count = random.whole(4, 9);
  const symmetric = random.chance(0.5);
  while (strokes.length <= count) {
    const angle = random.between(0, TURN);
    const out = random.pick([random.between(0, 0.7), 1, random.between(1, 1.4)]);
    const size = random.between(0.1, 0.7) * (out < 0.8 ? 0.6 : 1);
    const [x, y] = [out * width * Math.cos(angle), out * Math.sin(angle)];
    const turn = random.chance(0.5) ? angle : random.pick([0, TURN / 4]);
    const one = random.chance(0.1) ? [{ x, y }] : place(part(random), x, y, size, size * random.between(0.3, 1), turn);
    strokes.push(one);
    if (symmetric && Math.abs(x) > 0.1) strokes.push(one.map((point) => ({ x: -point.x, y: point.y })));
  }
  return toUnitBox(strokes);
}
