/**
 * Common styles of digits that MNIST hardly contains, as strokes with random proportions: slashed and dotted 0, 1
 * with a flag, a long upstroke or serifs, crossed, hooked and looped 7, open and closed 4, 5 with its bar separate or
 * missing, 6 and 9 as spirals, 8 begun anywhere.
 *
 * Coordinates: y down; a digit is about 1 high.
 */
import type { Path, Point } from './geometry.js';
import type { Random } from './random.js';

/** A style: its digit, and strokes that vary from call to call. */
interface Style {
  readonly digit: number;
  readonly draw: (random: Random) => Path[];
}

const at = (x: number, y: number): Point => ({ x, y });

/** Draws a smooth line through points: a Catmull-Rom spline, twelve points per segment. */
function curve(...through: Point[]): Point[] {
  const points: Point[] = [through[0]];
  for (let index = 0; index < through.length - 1; index++) {
    const b = through[index];
    const c = through[index + 1];
    const a = through[index - 1] ?? at(2 * b.x - c.x, 2 * b.y - c.y);
    const d = through[index + 2] ?? at(2 * c.x - b.x, 2 * c.y - b.y);
    const axis = (key: 'x' | 'y', t: number): number =>
      0.5 *
      (2 * b[key] +
        (c[key] - a[key]) * t +
        (2 * a[key] - 5 * b[key] + 4 * c[key] - d[key]) * t * t +
        (3 * b[key] - a[key] - 3 * c[key] + d[key]) * t * t * t);
    for (let step = 1; step <= 12; step++) points.push(at(axis('x', step / 12), axis('y', step / 12)));
  }
  return points;
}

/** Draws an elliptical arc, with angles in turns: 0 is right, 0.25 down, so that increasing angles run clockwise. */
function arc(center: Point, radiusX: number, radiusY: number, from: number, to: number): Point[] {
  const steps = Math.max(8, Math.ceil(Math.abs(to - from) * 40));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = 2 * Math.PI * (from + ((to - from) * step) / steps);
    return at(center.x + radiusX * Math.cos(angle), center.y + radiusY * Math.sin(angle));
  });
}

/** Draws an oval begun near the top, usually counterclockwise, more or less closed. */
function oval(random: Random, center: Point, radiusX: number, radiusY: number): Point[] {
  const start = -0.25 + random.normal(0.06);
  const turns = 1 + random.between(-0.06, 0.08);
  return arc(center, radiusX, radiusY, start, random.chance(0.8) ? start - turns : start + turns);
}

const zero = (random: Random): Path => oval(random, at(0.5, 0.5), random.between(0.26, 0.42), 0.5);

/** Draws a 0 of few straight lines, as from a quick hand or a pad that samples few points: from a box to an octagon. */
function angularZero(random: Random): Path {
  const sides = random.whole(4, 8);
  const radiusX = random.between(0.22, 0.42);
  const begin = random.chance(0.5) ? 0.5 / sides : random.next();
  return Array.from({ length: sides + 1 }, (_, index) => {
    const angle = 2 * Math.PI * (begin - (index % sides) / sides - 0.25) + random.normal(0.1);
    const overlap = index === sides ? random.normal(0.05) : 0;
    return at(0.5 + radiusX * Math.cos(angle) + overlap, 0.5 + 0.5 * Math.sin(angle) + overlap);
  });
}

/**
 * Draws a 0 in a hurry: narrow to wide, begun anywhere, with ends that miss each other or leave the oval, often of few
 * points.
 */
function hastyZero(random: Random): Path[] {
  const wide = Math.exp(random.between(Math.log(0.55), Math.log(1.8)));
  const begin = random.chance(0.6) ? -0.25 + random.normal(0.08) : random.next();
  const turns = random.between(0.95, 1.12) * (random.chance(0.75) ? -1 : 1);
  const drift = random.normal(0.08);
  const count = random.chance(0.6) ? random.whole(6, 12) : 40;
  const ring = Array.from({ length: count + 1 }, (_, step) => {
    const angle = 2 * Math.PI * (begin + (turns * step) / count);
    const radius = 0.5 * (1 + (drift * step) / count);
    return at(radius * wide * Math.cos(angle), radius * Math.sin(angle));
  });
  if (random.chance(0.6)) return [ring];
  const last = ring[count];
  const angle = 2 * Math.PI * (begin + turns);
  const tail = random.between(0.05, 0.35) * Math.sign(turns);
  return [[...ring, at(last.x - tail * wide * Math.sin(angle), last.y + tail * Math.cos(angle))]];
}

/** Draws a small round 0 under a long, very slanted slash. */
function longSlash(random: Random): Path[] {
  const [radius, wide] = [random.between(0.24, 0.36), random.between(0.9, 1.3)];
  const lean = (random.between(35, 65) * Math.PI) / 180;
  const end = (reach: number): Point => at(0.5 + Math.sin(lean) * reach, 0.5 - Math.cos(lean) * reach);
  const slash = [end(random.between(0.35, 0.75)), end(-random.between(0.3, 0.6))];
  return [oval(random, at(0.5, 0.5), radius * wide, radius), random.chance(0.5) ? slash : slash.reverse()];
}

/** Draws an 8 of few straight lines: two boxes, or one line that crosses itself. */
function angularEight(random: Random): Path[] {
  const waist = random.between(0.4, 0.55);
  const [upper, lower] = [random.between(0.16, 0.3), random.between(0.2, 0.35)];
  const near = (x: number, y: number): Point => at(x + random.normal(0.03), y + random.normal(0.03));
  if (random.chance(0.5)) {
    const top = near(0.5 + upper, 0.02);
    return [[top, near(0.5 - upper, 0), near(0.5 + lower, 1), near(0.5 - lower, 1), top]];
  }
  const box = (half: number, from: number, to: number): Path => {
    const corner = near(0.5 - half, from);
    return [corner, near(0.5 + half, from), near(0.5 + half, to), near(0.5 - half, to), corner];
  };
  return [box(upper, 0, waist), box(lower, waist, 1)];
}

/**
 * Draws a 0 with a straight line through its middle, upright to slanted, which ends inside the oval, on it or beyond.
 */
function slashedZero(random: Random, radiusX: number): Path[] {
  const lean = (random.between(-15, 50) * Math.PI) / 180;
  const edge = 1 / Math.hypot(Math.sin(lean) / radiusX, Math.cos(lean) / 0.5);
  const middle = at(0.5 + random.normal(0.03), 0.5 + random.normal(0.03));
  const end = (reach: number): Point =>
    at(middle.x + Math.sin(lean) * edge * reach, middle.y - Math.cos(lean) * edge * reach);
  const slash = [end(random.between(0.7, 1.8)), end(-random.between(0.7, 1.6))];
  const ring = oval(random, at(0.5, 0.5), radiusX, 0.5);
  return random.chance(0.2) ? [[...ring, ...slash]] : [ring, random.chance(0.3) ? slash.reverse() : slash];
}

/** Draws the slanted or upright line of a 1, with what may precede and follow it. */
function one(random: Random, flag: number, foot: number): Path[] {
  const top = at(0.5 + random.normal(0.04), 0);
  const bottom = at(0.5 + random.normal(0.03), 1);
  const drop = flag * random.between(0.5, 1.2);
  const stem = [top, bottom];
  const stroke = flag > 0 ? [at(top.x - flag, drop), ...stem] : stem;
  if (foot === 0) return [stroke];
  const share = random.between(0.4, 0.6);
  const base = [
    at(bottom.x - foot * share, 1 + random.normal(0.02)),
    at(bottom.x + foot * (1 - share), 1 + random.normal(0.02)),
  ];
  return [stroke, base];
}

/** Draws a 1 whose upstroke is at least half as long as its stem, as taught in much of Europe. */
function oneWithUpstroke(random: Random): Path[] {
  const top = at(0.5 + random.normal(0.03), 0);
  const reach = random.between(0.15, 0.5);
  const start = at(top.x - reach, random.between(0.4, 0.85));
  const bend = at((start.x + top.x) / 2 + random.normal(0.04), (start.y + top.y) / 2 + random.normal(0.04));
  const upstroke = random.chance(0.5) ? curve(start, bend, top) : [start, top];
  return [[...upstroke, at(top.x + random.normal(0.05), 1)]];
}

/**
 * Draws a 1 whose upstroke begins at its base, or below it, and swings up: it may be wider than the stem is tall, or so
 * steep that the two nearly coincide. A stem that is drawn quickly ends in a small hook.
 */
function oneWithSwing(random: Random): Path[] {
  const reach = random.chance(0.3) ? random.between(0.12, 0.3) : random.between(0.3, 1.1);
  const start = at(-reach, random.between(0.55, 1.1));
  const sag = random.between(-0.15, 0.15);
  const upstroke = curve(
    start,
    at(-reach * random.between(0.55, 0.75), start.y * 0.9 + sag),
    at(-reach * random.between(0.15, 0.35), random.between(0.3, 0.5) + sag / 2),
    at(0, 0),
  );
  const turn = random.chance(0.2) ? [at(random.between(0.03, 0.08), random.normal(0.01))] : [];
  const foot = at(random.between(-0.22, 0.12), random.between(0.75, 1.1));
  const hook = random.chance(0.4) ? [at(foot.x + random.normal(0.1), foot.y - random.between(0, 0.08))] : [];
  return [[...upstroke, ...turn, foot, ...hook]];
}

/** Draws a printed 1: a bar at its foot, and a short one at its head, to the left or to both sides. */
function oneWithSerifs(random: Random): Path[] {
  const [stem, foot] = one(random, 0, random.between(0.25, 0.6));
  const [top] = stem;
  const left = at(top.x - random.between(0.1, 0.25), top.y + random.between(0, 0.08));
  const right = random.chance(0.5) ? top : at(top.x + random.between(0.05, 0.2), top.y + random.normal(0.02));
  return random.chance(0.5) ? [[left, ...stem], foot] : [stem, [left, right], foot];
}

interface SevenParts {
  readonly hook?: boolean;
  /** Draws a bar that crosses the middle of the stem, or just touches it from one side. */
  readonly bar?: boolean | 'touching';
  readonly curved?: boolean;
  readonly loop?: boolean;
}

/** Returns how far a bar that touches on one side extends to the left and to the right. */
function oneSided(random: Random, length: number): [number, number] {
  const beyond = random.between(-0.02, 0.04);
  return random.chance(0.5) ? [length, beyond] : [beyond, length];
}

function seven(random: Random, { hook, bar, curved, loop }: SevenParts): Path[] {
  const right = random.between(0.6, 0.8);
  const foot = at(random.between(0.15, 0.42), 1);
  const left = at(0.1, random.between(0, 0.08));
  const corner = at(right, random.between(-0.02, 0.06));
  const start = hook ? [at(left.x - random.between(-0.02, 0.05), random.between(0.1, 0.28)), left] : [left];
  const top = random.chance(0.3) ? curve(...start, at(0.35, random.between(-0.06, 0.08)), corner) : [...start, corner];
  const turn = loop
    ? curve(corner, at(right + 0.06, 0.03), at(right + 0.02, -0.07), at(right - 0.05, 0.02), at(right - 0.08, 0.2))
    : [corner];
  const last = turn[turn.length - 1];
  const stem = curved ? curve(last, at((last.x + foot.x) / 2 - random.between(0.02, 0.1), 0.5), foot) : [last, foot];
  const strokes: Path[] = [[...top, ...turn.slice(1), ...stem.slice(1)]];
  if (bar) {
    const height = random.between(0.4, 0.62);
    const middle = corner.x + (foot.x - corner.x) * height;
    const half = random.between(0.12, 0.26);
    const [left, right] = bar === 'touching' ? oneSided(random, half) : [half, half];
    const tilt = random.normal(0.05);
    strokes.push([at(middle - left, height + tilt), at(middle + right, height - tilt)]);
  }
  return strokes;
}

/** Draws a 7 whose top dips and turns back in a wide loop, before the stem. */
function sevenWithRibbon(random: Random): Path[] {
  const near = (x: number, y: number): Point => at(x + random.normal(0.03), y + random.normal(0.02));
  const foot = near(random.between(0.3, 0.52), 1);
  const dip = random.between(0.12, 0.28);
  const right = random.between(0.65, 0.95);
  const line = curve(
    near(0.03, random.between(0, 0.15)),
    near(0.25, dip),
    near(right - 0.15, dip - 0.04),
    near(right, 0.06),
    near(right - 0.12, 0),
    near(0.48, dip),
    near(0.45, 0.5),
    foot,
  );
  if (random.chance(0.2)) return [line];
  const height = random.between(0.42, 0.68);
  const tilt = random.normal(0.03);
  const half = random.between(0.15, 0.3);
  return [line, [at(0.45 - half, height + tilt), at(0.45 + half, height - tilt)]];
}

/** Draws a 7 with a round shoulder instead of a corner, and a bar that crosses its stem or just touches it. */
function sevenWithShoulder(random: Random): Path[] {
  const shoulder = at(random.between(0.5, 0.66), random.between(0.14, 0.26));
  const foot = at(random.between(0.22, 0.4), 1);
  const line = curve(
    at(random.between(0, 0.12), random.between(0.12, 0.38)),
    at(random.between(0.24, 0.34), random.normal(0.02)),
    at(shoulder.x - 0.06, 0.03),
    shoulder,
    at((shoulder.x + foot.x) / 2 - random.between(0, 0.06), random.between(0.5, 0.6)),
    foot,
  );
  const height = random.between(0.42, 0.62);
  const middle = shoulder.x + ((foot.x - shoulder.x) * (height - shoulder.y)) / (1 - shoulder.y);
  const half = random.between(0.14, 0.32);
  const [left, right] = random.chance(0.5) ? [random.between(-0.02, 0.06), half * 1.3] : [half, half];
  const tilt = random.between(-0.03, 0.06);
  return [line, [at(middle - left, height - tilt), at(middle + right, height + tilt)]];
}

function two(random: Random, loop: boolean): Path[] {
  const top = curve(
    at(0.08 + random.normal(0.03), random.between(0.15, 0.32)),
    at(0.3, 0.02),
    at(0.62, 0.08 + random.normal(0.02)),
    at(0.66, 0.35),
    at(0.4, 0.68),
    at(0.12, 0.93),
  );
  const size = random.between(0.05, 0.11);
  const end = at(random.between(0.65, 0.9), 0.96 + random.normal(0.04));
  const base = loop
    ? curve(at(0.12, 0.93), at(0.02, 0.94), at(0.04, 0.94 - 2 * size), at(0.22, 0.9), at(0.45, 0.98), end)
    : random.chance(0.4)
      ? curve(at(0.08, 0.97), at(0.4, 0.9 + random.normal(0.03)), end)
      : [at(0.08, 0.97), end];
  return [[...top, ...base]];
}

/** Draws a 2 of a bow and a flat base that meet in a corner, or in a bend without a loop. */
function twoWithCorner(random: Random): Path[] {
  const corner = at(random.between(0, 0.14), random.between(0.92, 1));
  const bow = curve(
    at(random.between(0, 0.14), random.between(0.08, 0.35)),
    at(random.between(0.22, 0.36), random.normal(0.02)),
    at(random.between(0.58, 0.76), random.between(0.12, 0.28)),
    at(random.between(0.42, 0.6), random.between(0.48, 0.64)),
    corner,
  );
  const end = at(random.between(0.5, 0.95), corner.y + random.normal(0.05));
  return [[...bow, end]];
}

function three(random: Random, flat: boolean, loop: boolean): Path[] {
  const waist = at(random.between(0.28, 0.45), random.between(0.4, 0.48));
  const top = flat
    ? [at(0.08, random.normal(0.02)), at(random.between(0.55, 0.7), random.normal(0.03)), waist]
    : curve(at(0.1, random.between(0.08, 0.2)), at(0.35, 0), at(0.6, 0.14), at(0.52, 0.36), waist);
  const knot = loop
    ? curve(waist, at(waist.x - 0.1, 0.44), at(waist.x - 0.06, 0.53), at(waist.x + 0.08, 0.47))
    : [waist];
  const join = knot[knot.length - 1];
  const bowl = curve(join, at(0.66, 0.6), at(0.62, 0.88), at(0.34, 1), at(0.06, random.between(0.82, 0.95)));
  return [[...top, ...knot.slice(1), ...bowl.slice(1)]];
}

/**
 * Draws an open 4 in one line that does not cross itself: down, right, and down again, with corners or as a cup with a
 * tail.
 */
function openFour(random: Random, cup: boolean): Path[] {
  const bar = random.between(0.5, 0.72);
  const stem = at(random.between(0.42, 0.64), bar - random.between(-0.04, 0.22));
  const foot = at(stem.x + random.normal(0.08), 1);
  if (!cup) return [[at(random.between(0, 0.4), 0), at(random.normal(0.05), bar), stem, foot]];
  const begin = at(random.between(0.2, 0.6), random.normal(0.03));
  const side = random.between(-0.02, 0.08);
  return [
    [
      ...curve(
        begin,
        at(side + (begin.x - side) * 0.35, bar * 0.3),
        at(side, bar * 0.75),
        at(side + 0.15, bar + random.between(0, 0.05)),
        at(stem.x - 0.08, stem.y + 0.06),
        stem,
      ),
      foot,
    ],
  ];
}

function four(random: Random, kind: 'open' | 'upright' | 'closed' | 'one-stroke' | 'lightning' | 'crossed'): Path[] {
  const bar = random.between(0.5, 0.68);
  const stem = random.between(0.5, 0.66);
  const right = stem + random.between(0.05, 0.28);
  const start = at(random.between(0.08, 0.3), random.between(-0.02, 0.12));
  const left = at(random.between(0, 0.12), bar + random.normal(0.02));
  switch (kind) {
    case 'open':
      return [
        [start, left, at(right, bar + random.normal(0.04))],
        [at(stem + random.normal(0.03), random.between(-0.02, 0.35)), at(stem + random.normal(0.05), 1)],
      ];
    case 'upright': {
      const corner = at(random.between(0, 0.12), bar + random.normal(0.03));
      const top = at(corner.x + random.normal(0.06), random.between(-0.02, 0.2));
      const angle = random.chance(0.4) ? curve(top, at(corner.x, bar - 0.08), at(corner.x + 0.1, bar)) : [top, corner];
      return [
        [...angle, at(right, bar + random.normal(0.04))],
        [at(stem + random.normal(0.05), random.between(-0.05, 0.3)), at(stem + random.normal(0.06), 1)],
      ];
    }
    case 'lightning': {
      const tip = at(stem + random.normal(0.04), random.between(-0.05, 0.35));
      return [[start, left, at(tip.x, bar + random.normal(0.03)), tip, at(stem + random.normal(0.05), 1)]];
    }
    case 'closed': {
      const peak = at(stem + random.normal(0.03), 0);
      return [
        [peak, left, at(right, bar)],
        [at(peak.x + random.normal(0.02), random.normal(0.03)), at(stem, 1)],
      ];
    }
    case 'crossed':
      return [
        [at(stem - random.between(0.05, 0.2), 0), left, at(right, bar + random.normal(0.03))],
        [at(stem, bar - random.between(0.12, 0.28)), at(stem + random.normal(0.04), 1)],
      ];
    case 'one-stroke': {
      const tip = at(stem + random.normal(0.03), random.between(-0.02, 0.1));
      return [
        random.chance(0.5)
          ? [at(stem, 1), at(tip.x, 0), left, at(right, bar)]
          : curve(
              start,
              at(left.x + 0.02, bar - 0.04),
              at(0.32, bar - 0.02),
              at(tip.x + 0.02, 0.05),
              at(tip.x, 0.4),
              at(stem, 1),
            ),
      ];
    }
  }
}

function five(random: Random, bar: 'joined' | 'apart' | 'missing'): Path[] {
  const neck = at(0.18 + random.normal(0.03), random.between(0, 0.05));
  const shoulder = at(0.14 + random.normal(0.03), random.between(0.38, 0.5));
  // The bowl stays open to the left: closed, a 5 without its bar would be a 6.
  const end = at(random.between(-0.06, 0.08), random.between(0.9, 1));
  const bowl = curve(shoulder, at(0.42, 0.36), at(0.66, 0.6), at(0.52, 0.92), at(0.24, 1), end);
  const tip = at(random.between(0.5, 0.75), neck.y + random.normal(0.04));
  if (bar === 'joined') return [[tip, neck, ...bowl]];
  const body = [neck, ...bowl];
  if (bar === 'missing') return [[at(neck.x + random.between(0, 0.16), neck.y + random.normal(0.02)), ...body]];
  const [aside, above] = [random.between(0, 0.14), random.between(-0.1, 0.06)];
  return [body, [at(neck.x + aside, neck.y + above), at(tip.x + aside, tip.y + above)]];
}

function six(random: Random, top: 'straight' | 'curled' | 'bowed'): Path[] {
  const size = random.between(0.18, 0.3);
  const center = at(0.5, 1 - size);
  const left = at(center.x - size * random.between(0.95, 1.2), center.y);
  const begin = {
    straight: [at(0.5 + random.normal(0.1), 0), left],
    curled: curve(at(0.76, random.between(0.1, 0.2)), at(0.6, 0), at(0.36, 0.2), left),
    bowed: curve(at(0.6 + random.normal(0.06), 0), at(0.34, 0.3), left),
  }[top];
  const ring = arc(center, size * random.between(0.95, 1.2), size, 0.5, random.between(-0.62, -0.4));
  return [[...begin, ...ring]];
}

/** Draws a 6 in one line that runs down and around, and ends somewhere inside. */
function spiral(random: Random): Path {
  const size = random.between(0.22, 0.32);
  const center = at(0.5, 1 - size);
  const begin = at(0.5 + random.between(-0.1, 0.3), 0);
  const turns = random.between(0.8, 1.3);
  const inward = random.between(0.2, 0.75);
  const ring = Array.from({ length: 41 }, (_, step) => {
    const angle = 2 * Math.PI * (0.5 - (turns * step) / 40);
    const radius = size * (1 - (inward * step) / 40);
    return at(center.x + radius * Math.cos(angle), center.y + radius * Math.sin(angle));
  });
  const bend = at((begin.x + ring[0].x) / 2 - random.between(0, 0.1), center.y / 2);
  return [...curve(begin, bend, ring[0]), ...ring.slice(1)];
}

/**
 * Draws an 8 in one line, begun anywhere on it, in either direction, that closes, crosses its start or stops short of
 * it.
 */
function eightFromAnywhere(random: Random): Path[] {
  const [upper, lower] = [random.between(0.16, 0.3), random.between(0.2, 0.34)];
  const waist = random.between(0.42, 0.52);
  const begin = random.next();
  const turns = (1 + random.between(-0.07, 0.07)) * (random.chance(0.5) ? 1 : -1);
  return [
    Array.from({ length: 81 }, (_, step) => {
      const angle = 2 * Math.PI * (begin + (turns * step) / 80);
      const side = Math.sin(2 * angle);
      const height = Math.cos(angle);
      return height > 0
        ? at(0.5 + upper * side, waist - waist * height)
        : at(0.5 + lower * side, waist - (1 - waist) * height);
    }),
  ];
}

function eight(random: Random, kind: 'rings' | 'one-stroke' | 'open'): Path[] {
  const upper = random.between(0.18, 0.26);
  const lower = 0.5 - upper + random.between(-0.02, 0.02);
  const wide = random.between(0.85, 1.3);
  if (kind === 'rings') {
    const overlap = random.normal(0.03);
    const lean = random.normal(0.04);
    return [
      oval(random, at(0.5 + lean, upper), upper * wide, upper),
      oval(random, at(0.5, 1 - lower - overlap), lower * wide, lower),
    ];
  }
  const right = kind === 'open' ? at(random.between(0.72, 0.85), random.between(0.02, 0.12)) : at(0.7, 0.14);
  const end = kind === 'open' ? at(random.between(0.66, 0.85), random.between(-0.02, 0.16)) : right;
  return [
    curve(
      right,
      at(0.48, 0),
      at(0.28, 0.18),
      at(0.48, 0.44),
      at(0.74, 0.74),
      at(0.5, 1),
      at(0.24, 0.78),
      at(0.48, 0.46),
      end,
    ),
  ];
}

function nine(random: Random, tail: 'straight' | 'curled' | 'bowed', open: boolean): Path[] {
  const size = random.between(0.18, 0.3);
  const center = at(0.42, size);
  const start = open ? random.between(-0.22, -0.14) : random.between(-0.12, 0);
  const ring = arc(
    center,
    size * random.between(0.95, 1.25),
    size,
    start,
    open ? -0.95 : start - random.between(0.85, 1),
  );
  const right = center.x + size * 1.1;
  const join = at(right, random.between(0, 0.12));
  const end = {
    straight: [join, at(right + random.normal(0.06), 1)],
    curled: curve(join, at(right, 0.6), at(right - 0.16, 0.98), at(right - 0.45, random.between(0.8, 0.95))),
    bowed: curve(join, at(right - 0.02, 0.5), at(right - random.between(0.1, 0.35), 1)),
  }[tail];
  return random.chance(0.5) ? [[...ring, ...end]] : [ring, end];
}

/** All styles; those of one digit are equally frequent. */
const STYLES: readonly Style[] = [
  { digit: 0, draw: (random) => [zero(random)] },
  { digit: 0, draw: (random) => [oval(random, at(0.5, 0.5), random.between(0.12, 0.26), 0.5)] },
  { digit: 0, draw: (random) => [angularZero(random)] },
  { digit: 0, draw: (random) => slashedZero(random, random.between(0.26, 0.46)) },
  { digit: 0, draw: (random) => slashedZero(random, random.between(0.16, 0.3)) },
  { digit: 0, draw: longSlash },
  { digit: 0, draw: hastyZero },
  { digit: 0, draw: hastyZero },
  {
    digit: 0,
    draw: (random) => {
      const center = at(0.5 + random.normal(0.03), 0.5 + random.normal(0.05));
      const dot = random.chance(0.5)
        ? [center]
        : arc(center, random.between(0.01, 0.04), random.between(0.01, 0.05), 0, 1);
      return [zero(random), dot];
    },
  },
  {
    digit: 0,
    draw: (random) => [[...zero(random), ...curve(at(0.5, 0.02), at(0.58, 0.1), at(0.68, random.between(-0.02, 0.1)))]],
  },
  { digit: 1, draw: (random) => one(random, 0, 0) },
  { digit: 1, draw: (random) => one(random, random.between(0.1, 0.3), 0) },
  { digit: 1, draw: (random) => one(random, random.between(0.25, 0.48), 0) },
  { digit: 1, draw: (random) => one(random, random.between(0.1, 0.35), random.between(0.3, 0.7)) },
  { digit: 1, draw: (random) => one(random, 0, random.between(0.3, 0.6)) },
  { digit: 1, draw: oneWithUpstroke },
  { digit: 1, draw: oneWithSwing },
  { digit: 1, draw: oneWithSwing },
  { digit: 1, draw: oneWithSwing },
  { digit: 1, draw: oneWithSerifs },
  { digit: 2, draw: (random) => two(random, false) },
  { digit: 2, draw: twoWithCorner },
  { digit: 2, draw: (random) => two(random, true) },
  { digit: 3, draw: (random) => three(random, false, random.chance(0.4)) },
  { digit: 3, draw: (random) => three(random, true, false) },
  { digit: 4, draw: (random) => four(random, 'open') },
  { digit: 4, draw: (random) => four(random, 'upright') },
  { digit: 4, draw: (random) => four(random, 'lightning') },
  { digit: 4, draw: (random) => four(random, 'closed') },
  { digit: 4, draw: (random) => four(random, 'crossed') },
  { digit: 4, draw: (random) => four(random, 'one-stroke') },
  { digit: 4, draw: (random) => openFour(random, false) },
  { digit: 4, draw: (random) => openFour(random, true) },
  { digit: 5, draw: (random) => five(random, 'joined') },
  { digit: 5, draw: (random) => five(random, 'apart') },
  { digit: 5, draw: (random) => five(random, 'missing') },
  { digit: 6, draw: (random) => six(random, 'straight') },
  { digit: 6, draw: (random) => six(random, 'curled') },
  { digit: 6, draw: (random) => six(random, 'bowed') },
  { digit: 6, draw: (random) => [spiral(random)] },
  { digit: 7, draw: (random) => seven(random, { curved: random.chance(0.4) }) },
  { digit: 7, draw: (random) => seven(random, { bar: true, curved: random.chance(0.4) }) },
  {
    digit: 7,
    draw: (random) => seven(random, { bar: 'touching', curved: random.chance(0.4), hook: random.chance(0.3) }),
  },
  { digit: 7, draw: (random) => seven(random, { hook: true, curved: random.chance(0.4) }) },
  { digit: 7, draw: (random) => seven(random, { hook: true, bar: true }) },
  { digit: 7, draw: (random) => seven(random, { loop: true, bar: random.chance(0.3) }) },
  { digit: 7, draw: sevenWithRibbon },
  { digit: 7, draw: sevenWithShoulder },
  { digit: 8, draw: (random) => eight(random, 'rings') },
  { digit: 8, draw: (random) => eight(random, 'one-stroke') },
  { digit: 8, draw: (random) => eight(random, 'open') },
  { digit: 8, draw: eightFromAnywhere },
  { digit: 8, draw: angularEight },
  // A 9 is a 6 upside down.
  { digit: 9, draw: (random) => [spiral(random).map(({ x, y }) => at(1 - x, 1 - y))] },
  { digit: 9, draw: (random) => nine(random, 'straight', random.chance(0.25)) },
  { digit: 9, draw: (random) => nine(random, 'curled', random.chance(0.25)) },
  { digit: 9, draw: (random) => nine(random, 'bowed', random.chance(0.25)) },
];

/** Draws a digit in one of its styles, with slightly moved corners, as by hand. */
export function drawTemplate(digit: number, random: Random): Path[] {
  return random.pick(STYLES.filter((style) => style.digit === digit)).draw(random);
}
