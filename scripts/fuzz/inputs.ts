/** Hostile inputs, as arbitraries of fast-check: impossible strokes and pixels, and damaged files. */
import fc from 'fast-check';

/** Anything but a number. */
const odd = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true }),
  fc.constantFrom(undefined, '7', '<img src=x onerror=alert(1)>', Symbol.iterator, () => 7),
);
const oddNumber = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1e308, -1e308, 5e-324, 2 ** 53, -1, 1e9, 0.1);
const number = fc.double({ min: -10, max: 290, noNaN: true });

const weighted = <Value>(...choices: [weight: number, arbitrary: fc.Arbitrary<Value>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** A value once in so many times, else null. */
const rarely = <Value>(times: number, arbitrary: fc.Arbitrary<Value>) =>
  weighted<Value | null>([times - 1, fc.constant(null)], [1, arbitrary]);

const coordinate = weighted<unknown>([16, number], [3, oddNumber], [1, odd]);

/** Objects with a property that throws, or that differs each time it is read. */
const trapped = (object: fc.Arbitrary<object>, names: readonly string[]) =>
  fc.tuple(object, fc.constantFrom(...names), fc.boolean()).map(([target, name, throws]) => {
    let reads = 0;
    const get = () => {
      if (throws) throw new Error('This property throws.');
      return reads++ % 2 ? reads : 'something else';
    };
    return Object.defineProperty({ ...target }, name, { enumerable: true, configurable: true, get });
  });

const plainPoint = fc.record({ x: weighted([7, number], [1, oddNumber]), y: number });
const point: fc.Arbitrary<unknown> = fc.record(
  { x: coordinate, y: coordinate, pressure: coordinate, time: coordinate },
  { requiredKeys: ['x', 'y'], noNullPrototype: false },
);
const polluting = fc.constantFrom<unknown>(JSON.parse('{"x":1,"y":2,"__proto__":{"polluted":true},"constructor":7}'));
const hostilePoint = weighted<unknown>(
  [95, point],
  [1, odd],
  [2, trapped(plainPoint, ['x', 'y', 'pressure', 'time', 'z'])],
  [2, polluting],
);
// One odd point makes a drawing invalid, but most drawings should get further than that.
const points = weighted<unknown[]>(
  [60, fc.array(plainPoint, { maxLength: 40 })],
  [30, fc.array(hostilePoint, { maxLength: 40 })],
  [1, fc.array(plainPoint, { minLength: 2000, maxLength: 8000, size: 'max' })],
);
const stroke = weighted<unknown>(
  [97, fc.record({ points })],
  [1, odd],
  [1, trapped(fc.record({ points }), ['points'])],
);

const strokeLists = fc.array(stroke, { maxLength: 6 });

export const hostileStrokes = weighted<unknown>(
  [196, strokeLists],
  [1, odd],
  [1, stroke.map((first) => ({ length: 3, 0: first }))],
  [1, strokeLists.map((list) => Object.freeze(list))],
  [
    1,
    strokeLists.map(
      (list) =>
        new Proxy(list, {
          get: (target, name) => {
            if (name === 'length' || name === '1') throw new Error('This proxy throws.');
            return Reflect.get(target, name) as unknown;
          },
        }),
    ),
  ],
);

const side = weighted([40, fc.integer({ min: 1, max: 90 })], [15, fc.integer({ min: 1, max: 3 })]);
const size = weighted(
  [59, fc.tuple(side, side)],
  [1, fc.tuple(fc.integer({ min: 200, max: 3000 }), fc.integer({ min: 1, max: 40 }))],
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const byte = fc.integer({ min: 0, max: 255 });
const line = fc.record({
  from: fc.tuple(share, share),
  to: fc.tuple(share, share),
  color: fc.tuple(byte, byte, byte, fc.constantFrom(255, 255, 128, 0)),
});

const imageData = fc
  .record({
    size,
    noise: rarely(6, fc.uint8Array({ minLength: 64, maxLength: 2000 })),
    paper: weighted([3, fc.constant(255)], [2, byte]),
    lines: fc.array(line, { maxLength: 5 }),
    detached: rarely(100, fc.constant(true)),
    width: rarely(100, fc.constantFrom<unknown>(0, -1, NaN, 1.5, 2 ** 31, '7')),
  })
  .map(({ size: [width, height], noise, paper, lines, detached, width: told }) => {
    const image = new ImageData(width, height);
    image.data.fill(paper);
    if (noise) image.data.forEach((_, index) => (image.data[index] = noise[index % noise.length]));
    for (const { from, to, color } of lines) {
      for (let step = 0; step <= 100; step += 1) {
        const at = (axis: 0 | 1) => from[axis] + ((to[axis] - from[axis]) * step) / 100;
        const [x, y] = [Math.round(at(0) * (width - 1)), Math.round(at(1) * (height - 1))];
        image.data.set(color, 4 * (y * width + x));
      }
    }
    if (detached) structuredClone(image.data.buffer, { transfer: [image.data.buffer] });
    return told === null ? image : Object.defineProperty(image, 'width', { value: told });
  });

export const hostilePixels = weighted<unknown>(
  [39, imageData],
  [
    1,
    fc
      .tuple(size, fc.uint8Array({ maxLength: 400 }))
      .map(([[width, height], bytes]) => ({ width, height, data: new Uint8ClampedArray(bytes) })),
  ],
);

/** How a file is damaged; positions are shares of its length. */
export interface Damage {
  readonly cut: number | null;
  readonly insert: { readonly at: number; readonly bytes: Uint8Array } | null;
  readonly changes: readonly { readonly at: number; readonly value: number }[];
}

// Most of what matters is near the start.
const position = fc.oneof(share, fc.double({ min: 0, max: 0.05, noNaN: true }));

export const damages: fc.Arbitrary<Damage> = fc.record({
  cut: rarely(10, share),
  insert: rarely(10, fc.record({ at: position, bytes: fc.uint8Array({ maxLength: 40 }) })),
  changes: fc.array(fc.record({ at: position, value: fc.oneof(fc.constantFrom(0, 255), byte) }), {
    minLength: 1,
    maxLength: 3,
  }),
});

export function damage(whole: Uint8Array, { cut, insert, changes }: Damage): Uint8Array<ArrayBuffer> {
  if (cut !== null) return whole.slice(0, Math.floor(cut * (whole.length - 1)));
  const at = Math.floor((insert?.at ?? 0) * whole.length);
  const bytes = Uint8Array.from([...whole.subarray(0, at), ...(insert?.bytes ?? []), ...whole.subarray(at)]);
  for (const change of changes) bytes[Math.floor(change.at * (bytes.length - 1))] = change.value;
  // The file must not remain intact.
  if (bytes.length === whole.length && bytes.every((value, index) => value === whole[index])) bytes[0] ^= 1;
  return bytes;
}

/** A GIF of one pixel. */
const gif = 'R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';

const svgs = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><path d="M5 5h18L12 25" stroke="black" fill="none"/></svg>',
  '<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned = true</script></svg>',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned = true" width="1e9" height="1e9"/>',
  '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
];

/** Damaged files of each kind. */
export async function hostileFiles(): Promise<fc.Arbitrary<Blob>> {
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext('2d');
  context?.fillRect(16, 12, 32, 5);
  context?.fillRect(28, 12, 5, 42);
  const painted = ['image/png', 'image/jpeg', 'image/webp'].map((type) => canvas.convertToBlob({ type }));
  const blobs = [
    ...(await Promise.all(painted)),
    await (await fetch(`data:image/gif;base64,${gif}`)).blob(),
    ...svgs.map((text) => new Blob([text], { type: 'image/svg+xml' })),
  ];
  const whole = await Promise.all(blobs.map(async (blob) => ({ type: blob.type, bytes: await blob.bytes() })));
  const type = rarely(10, fc.constantFrom('', 'text/html', 'image/png'));
  return fc
    .tuple(fc.constantFrom(...whole), damages, type)
    .map(([file, how, told]) => new Blob([damage(file.bytes, how)], { type: told ?? file.type }));
}
