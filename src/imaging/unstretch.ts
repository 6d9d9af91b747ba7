import type { Plane } from './plane.js';

/** Ink fills a square picture that lacks no more than this share of it on either axis: the rest is a blurred edge. */
const MOST_LACKING = 1 / 16;

/**
 * How wide it is made, as a share of its height. Digits are 0.76 wide on average, but some are a third of that: of 1 down
 * to 0.2, widths around this one let most be read, of MNIST images and digits of UNIPEN and pen-digits writers held out of
 * training, cropped, stretched to 16 to 64 px. They also let fewest letters be taken for digits.
 */
const READABLE_WIDTH = 0.6;

/** Ink is enlarged to at least so many pixels of width: of fewer, its lines could not be made wider. */
const LEAST_WIDTH = 64;

/**
 * Whether the ink fills a square picture on all sides. A digit has rarely grown so: most such pictures are crops that
 * were stretched to a square, as data sets and programs that need one size do.
 *
 * @param ink the size of its box
 */
export function isStretched(
  ink: { width: number; height: number },
  picture: { width: number; height: number },
): boolean {
  const { width, height } = picture;
  return width === height && Math.min(ink.width, ink.height) >= (1 - MOST_LACKING) * width;
}

/** The pixels on both sides of each place of an enlarged line, and the share of the second. */
function neighbors(length: number, enlarged: number): { first: number; second: number; share: number }[] {
  return Array.from({ length: enlarged }, (_, at) => {
    const place = Math.min(length - 1, Math.max(0, ((at + 0.5) * length) / enlarged - 0.5));
    const first = Math.floor(place);
    return { first, second: Math.min(length - 1, first + 1), share: place - first };
  });
}

/**
 * Ink that was stretched to a square, narrower again. Its own width is lost, but a digit that is somewhat too narrow or too
 * wide is read better than one that is far too wide. Enlarged, bilinear.
 */
export function unstretch({ data, width, height }: Plane): Plane {
  const wide = width * Math.ceil(LEAST_WIDTH / width);
  const tall = Math.round(wide / READABLE_WIDTH);
  const columns = neighbors(width, wide);
  const enlarged = new Float32Array(wide * tall);
  neighbors(height, tall).forEach(({ first: above, second: below, share: down }, row) => {
    columns.forEach(({ first, second, share }, column) => {
      const upper = data[above * width + first] * (1 - share) + data[above * width + second] * share;
      const lower = data[below * width + first] * (1 - share) + data[below * width + second] * share;
      enlarged[row * wide + column] = upper * (1 - down) + lower * down;
    });
  });
  return { data: enlarged, width: wide, height: tall };
}
