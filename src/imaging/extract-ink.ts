import { extractPhotographedInk } from './extract-photographed-ink.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';

/** Ink that differs less than this from the paper (0..1, on the way from black to white) cannot be told from noise. */
const LEAST_CONTRAST = 0.08;

/** Least share of the ink's full strength at which a pixel is taken for ink rather than for paper. */
const LEAST_INK = 0.02;

/** How far above the paper's own unrest a pixel must be to be taken for ink. */
const ABOVE_NOISE = 1.5;

/** Opaque paper is even when nearly all of the picture's edge differs no more than this from it. */
const EVEN_PAPER = 0.025;
const NEARLY_ALL = 0.985;

/** Smaller pictures are no photographs of paper. In pixels. */
const LEAST_PHOTOGRAPH = 64;

/** Indices of the pixels along the four edges. */
function edgePixels(width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let column = 0; column < width; column++) pixels.push(column, (height - 1) * width + column);
  for (let row = 1; row < height - 1; row++) pixels.push(row * width, row * width + width - 1);
  return pixels;
}

/**
 * How much each pixel differs from the paper, 0..1. The paper is what most of the picture's edge shows, by the median
 * of each channel, so that it may be light or dark, of any colour, or transparent.
 *
 * On transparent paper the ink is what is opaque. On opaque paper it is the distance of the colours (all three
 * channels, so that coloured ink of the paper's brightness counts), and transparent pixels are paper.
 */
function differenceFromPaper({ data, width, height }: ColorPlane, edge: readonly number[]): Float32Array {
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((channel) =>
    quantile(
      edge.map((pixel) => data[pixel * 4 + channel]),
      0.5,
    ),
  );
  const difference = new Float32Array(width * height);
  for (let pixel = 0, from = 0; pixel < difference.length; pixel++, from += 4) {
    if (alpha < 0.5) {
      difference[pixel] = data[from + 3];
      continue;
    }
    const covered = data[from + 3] / alpha;
    const awayRed = data[from] - red * covered;
    const awayGreen = data[from + 1] - green * covered;
    const awayBlue = data[from + 2] - blue * covered;
    difference[pixel] = Math.sqrt((awayRed * awayRed + awayGreen * awayGreen + awayBlue * awayBlue) / 3);
  }
  return difference;
}

/** Whether the paper is uneven, as only a camera sees it: in the light, or by what is printed on it. */
function isPhotograph({ data, width, height }: ColorPlane, edgeDifference: readonly number[]): boolean {
  if (Math.min(width, height) < LEAST_PHOTOGRAPH) return false;
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] < 0.99) return false;
  return quantile(edgeDifference, NEARLY_ALL) > EVEN_PAPER;
}

/**
 * The ink of a picture: 1 where it is at full strength, 0 on paper. Null when there is none.
 *
 * Full strength is what the strongest hundredth of the ink reaches, so that pencil and ink are read alike. What is not
 * clearly above the unrest of the paper, as the picture's edge shows it, is paper. Paper that is uneven is looked at as
 * {@link extractPhotographedInk} does.
 */
export function extractInk(image: ColorPlane): Plane | null {
  const { width, height } = image;
  const edge = edgePixels(width, height);
  const difference = differenceFromPaper(image, edge);
  const edgeDifference = edge.map((pixel) => difference[pixel]);
  if (isPhotograph(image, edgeDifference)) return extractPhotographedInk(image, edge);
  const noise = quantile(edgeDifference, 0.5 + 0.45 * Math.min(1, edge.length / 100));
  const isInk = Math.max(LEAST_CONTRAST, noise * ABOVE_NOISE);
  const inked: number[] = [];
  for (const value of difference) if (value > isInk) inked.push(value);
  if (inked.length === 0) return null;
  const strength = quantile(inked, 0.99);
  const paper = Math.max(noise * ABOVE_NOISE, strength * LEAST_INK);
  for (let pixel = 0; pixel < difference.length; pixel++) {
    difference[pixel] = difference[pixel] > paper ? Math.min(1, difference[pixel] / strength) : 0;
  }
  return { data: difference, width, height };
}
