/** Pixels and files that no camera has made. */

/** @import { Random } from './random.js' */

/** @param {Random} random @returns {number} */
function side(random) {
  const kind = random.below(60);
  if (kind === 0) return 1 + random.below(3000);
  return kind < 15 ? 1 + random.below(3) : 1 + random.below(90);
}

/** @param {Random} random @returns {unknown} */
export function hostilePixels(random) {
  const width = side(random);
  const height = width > 200 ? 1 + random.below(40) : side(random);
  if (random.below(40) === 0) return { width, height, data: new Uint8ClampedArray(random.below(400)) };
  const image = new ImageData(width, height);
  const kind = random.below(6);
  if (kind === 0) {
    for (let at = 0; at < image.data.length; at += 1) image.data[at] = random.below(256);
  } else if (kind < 5) {
    image.data.fill(kind % 2 ? 255 : random.below(256));
    for (let line = random.below(5); line > 0; line -= 1) {
      let [x, y] = [random.below(width), random.below(height)];
      for (let step = random.below(200); step > 0; step -= 1) {
        image.data.set(
          [random.below(80), random.below(80), random.below(80), random.pick([255, 255, 128, 0])],
          4 * (y * width + x),
        );
        x = Math.min(width - 1, Math.max(0, x + random.below(3) - 1));
        y = Math.min(height - 1, Math.max(0, y + random.below(3) - 1));
      }
    }
  }
  // Its pixels are gone to somebody else.
  if (random.below(100) === 0) structuredClone(image.data.buffer, { transfer: [image.data.buffer] });
  if (random.below(100) === 0)
    Object.defineProperty(image, 'width', { value: random.pick([0, -1, NaN, 1.5, 2 ** 31, '7']) });
  return image;
}

/** A GIF of one pixel. */
const gif = 'R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';

const svgs = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><path d="M5 5h18L12 25" stroke="black" fill="none"/></svg>',
  '<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned = true</script></svg>',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned = true" width="1e9" height="1e9"/>',
  '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
];

/** @returns {Promise<{ type: string, bytes: Uint8Array }[]>} a file of each kind, to be damaged */
export async function wholeFiles() {
  const canvas = new OffscreenCanvas(64, 64);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = 'white';
  context.fillRect(0, 0, 64, 64);
  context.lineWidth = 5;
  context.beginPath();
  context.moveTo(16, 12);
  context.lineTo(48, 12);
  context.lineTo(28, 54);
  context.stroke();
  const blobs = await Promise.all(
    ['image/png', 'image/jpeg', 'image/webp'].map((type) => canvas.convertToBlob({ type })),
  );
  const painted = blobs.map(async (blob) => ({ type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) }));
  return [
    ...(await Promise.all(painted)),
    { type: 'image/gif', bytes: Uint8Array.from(atob(gif), (character) => character.charCodeAt(0)) },
    ...svgs.map((text) => ({ type: 'image/svg+xml', bytes: new TextEncoder().encode(text) })),
  ];
}

/** @param {Random} random @param {Uint8Array} whole @returns {Uint8Array<ArrayBuffer>} changed, cut, or with something put in */
export function damage(random, whole) {
  let bytes = new Uint8Array(whole);
  const kind = random.below(10);
  if (kind === 0) return bytes.slice(0, random.below(bytes.length));
  if (kind === 1) {
    const at = random.below(bytes.length);
    bytes = new Uint8Array([
      ...bytes.slice(0, at),
      ...Array.from({ length: random.below(40) }, () => random.below(256)),
      ...bytes.slice(at),
    ]);
  }
  // Most of what matters is at the beginning.
  const reach = random.below(2) ? bytes.length : Math.min(bytes.length, 64);
  for (let flips = 1 + random.below(kind === 2 ? 30 : 3); flips > 0; flips -= 1) {
    bytes[random.below(reach)] = random.pick([0, 255, random.below(256)]);
  }
  // What is to be damaged must not come out whole.
  if (bytes.length === whole.length && bytes.every((byte, at) => byte === whole[at])) bytes[0] ^= 1;
  return bytes;
}

/** @param {Random} random @param {{ type: string, bytes: Uint8Array }[]} files @returns {Blob} */
export function hostileFile(random, files) {
  const { type, bytes } = random.pick(files);
  return new Blob([damage(random, bytes)], {
    type: random.below(10) === 0 ? random.pick(['', 'text/html', 'image/png']) : type,
  });
}
