/** Drawings that no pen has drawn. */

/** @import { Random } from './random.js' */

const oddNumbers = [NaN, Infinity, -Infinity, 0, -0, 1e308, -1e308, 5e-324, 2 ** 53, -1, 1e9, 0.1];

/** What is no number. @type {readonly unknown[]} */
const oddValues = [
  null,
  undefined,
  '',
  '7',
  '<img src=x onerror=alert(1)>',
  true,
  {},
  [],
  7n,
  Symbol.iterator,
  () => 7,
];

/** @param {Random} random @returns {unknown} */
function coordinate(random) {
  const kind = random.below(20);
  if (kind === 0) return random.pick(oddValues);
  if (kind < 4) return random.pick(oddNumbers);
  return random.next() * 300 - 10;
}

/** A property that throws, or that is something else each time that it is read. @param {Random} random @param {object} target @param {string} name */
function trap(random, target, name) {
  const throws = random.below(2) === 0;
  Object.defineProperty(target, name, {
    enumerable: true,
    get: () => {
      if (throws) throw new Error('This property throws.');
      return coordinate(random);
    },
  });
}

/** @param {Random} random @returns {unknown} */
function point(random) {
  if (random.below(200) === 0) return random.pick(oddValues);
  /** @type {Record<string, unknown>} */
  const made = random.below(50) === 0 ? /** @type {Record<string, unknown>} */ (Object.create(null)) : {};
  made.x = coordinate(random);
  made.y = coordinate(random);
  if (random.below(4) === 0) made.pressure = coordinate(random);
  if (random.below(4) === 0) made.time = coordinate(random);
  if (random.below(100) === 0) trap(random, made, random.pick(['x', 'y', 'pressure', 'time', 'z']));
  if (random.below(100) === 0) Object.assign(made, JSON.parse('{"__proto__": {"polluted": true}, "constructor": 7}'));
  return made;
}

/** @param {Random} random */
function pointCount(random) {
  const kind = random.below(100);
  if (kind === 0) return 2000 + random.below(6000);
  return kind < 15 ? random.below(3) : random.below(40);
}

/** @param {Random} random @returns {unknown} */
function stroke(random) {
  if (random.below(100) === 0) return random.pick(oddValues);
  // One odd point makes a drawing none; most drawings are to get further than that.
  const tame = random.below(3) > 0;
  const points = Array.from({ length: pointCount(random) }, () =>
    tame
      ? { x: random.below(8) === 0 ? random.pick(oddNumbers) : random.next() * 280, y: random.next() * 280 }
      : point(random),
  );
  if (random.below(50) === 0) points.length += 3;
  /** @type {Record<string, unknown>} */
  const made = { points };
  if (random.below(100) === 0) trap(random, made, 'points');
  return made;
}

/** @param {Random} random @returns {unknown} */
export function hostileStrokes(random) {
  const kind = random.below(200);
  if (kind === 0) return random.pick(oddValues);
  if (kind === 1) return { length: 3, 0: stroke(random) };
  const strokes = Array.from({ length: random.below(6) }, () => stroke(random));
  if (kind === 2) {
    return new Proxy(strokes, {
      get: (target, name) => {
        if (random.below(5) === 0) throw new Error('This proxy throws.');
        return /** @type {unknown} */ (Reflect.get(target, name));
      },
    });
  }
  return kind === 3 ? Object.freeze(strokes) : strokes;
}
