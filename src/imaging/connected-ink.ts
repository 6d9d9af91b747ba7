import type { Box } from './box.js';
import type { Plane } from './plane.js';

/** A plane's ink in connected components. */
export interface ConnectedInk {
  readonly plane: Plane;
  /** The label of each pixel's component, from 1; 0 without ink. */
  readonly labels: Int32Array;
  /** All pixels with ink, component by component. */
  readonly pixels: Int32Array;
  /** The sum of each component's ink, by its label; 0 for label 0. */
  readonly masses: readonly number[];
}

/** With more connected components, a picture shows a pattern, and comparing each with each would take seconds. */
export const MAX_COMPONENTS = 1000;

/** Labels connected components (8-connectivity). */
export function connectInk(plane: Plane): ConnectedInk {
  const { data, width } = plane;
  const labels = new Int32Array(data.length);
  const masses = [0];
  const pixels = new Int32Array(data.length);
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    const label = masses.length;
    let mass = 0;
    labels[start] = label;
    let next = count;
    pixels[count++] = start;
    while (next < count) {
      const pixel = pixels[next++];
      mass += data[pixel];
      const column = pixel % width;
      const left = column > 0 ? -1 : 0;
      const right = column < width - 1 ? 1 : 0;
      const bottom = Math.min(data.length - 1, pixel + width);
      for (let middle = pixel >= width ? pixel - width : pixel; middle <= bottom; middle += width) {
        for (let neighbor = middle + left; neighbor <= middle + right; neighbor++) {
          if (data[neighbor] === 0 || labels[neighbor] !== 0) continue;
          labels[neighbor] = label;
          pixels[count++] = neighbor;
        }
      }
    }
    masses.push(mass);
  }
  return { plane, labels, pixels: pixels.subarray(0, count), masses };
}

/** Returns the ink with only some of its components, as `connectInk` would: their labels have no gaps. */
export function keepComponents(ink: ConnectedInk, keeps: (component: number) => boolean): ConnectedInk {
  const newLabels = [0];
  const masses = [0];
  for (let component = 1; component < ink.masses.length; component++) {
    newLabels.push(keeps(component) ? masses.length : 0);
    if (newLabels[component] > 0) masses.push(ink.masses[component]);
  }
  if (masses.length === ink.masses.length) return ink;
  const data = new Float32Array(ink.labels.length);
  const labels = new Int32Array(ink.labels.length);
  const pixels = new Int32Array(ink.pixels.length);
  let count = 0;
  for (let at = 0; at < pixels.length; at++) {
    const pixel = ink.pixels[at];
    const label = newLabels[ink.labels[pixel]];
    if (label === 0) continue;
    data[pixel] = ink.plane.data[pixel];
    labels[pixel] = label;
    pixels[count++] = pixel;
  }
  return { plane: { ...ink.plane, data }, labels, pixels: pixels.subarray(0, count), masses };
}

/** Ink of at least this strength is strong: neither blur nor the noise of paper. */
export const STRONG_INK = 0.5;

/** Where a component lies, in pixels, and how much of it there is; right and bottom are exclusive. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Number of pixels with ink. */
  readonly area: number;
  /** Number of pixels with strong ink. */
  readonly strong: number;
}

/** Returns the extent of each component, by its label; that of label 0 is empty. */
export function measureExtents({ plane: { data, width }, labels, pixels }: ConnectedInk): Extent[] {
  const extents: Extent[] = [{ left: Infinity, top: Infinity, right: 0, bottom: 0, area: 0, strong: 0 }];
  for (let first = 0, next = 0; first < pixels.length; first = next) {
    const label = labels[pixels[first]];
    let [left, top, right, bottom, strong] = [Infinity, Infinity, 0, 0, 0];
    for (; next < pixels.length && labels[pixels[next]] === label; next++) {
      const pixel = pixels[next];
      const column = pixel % width;
      const row = (pixel - column) / width;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
      if (row < top) top = row;
      if (row >= bottom) bottom = row + 1;
      if (data[pixel] >= STRONG_INK) strong += 1;
    }
    extents.push({ left, top, right, bottom, area: next - first, strong });
  }
  return extents;
}

/** Returns the pixels of each component, by its label, given the extents of all. */
export function pixelsByComponent({ pixels }: ConnectedInk, extents: readonly Extent[]): Int32Array[] {
  let end = 0;
  return extents.map(({ area }) => pixels.subarray(end, (end += area)));
}

/** Returns the width of an extent, in pixels. */
export const widthOf = ({ left, right }: Extent): number => right - left;

/** Returns the height of an extent, in pixels. */
export const heightOf = ({ top, bottom }: Extent): number => bottom - top;

/** Returns the box of an extent. */
export const boxOfExtent = ({ left, top, right, bottom }: Extent): Box => ({
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
});

/** Returns the longer side of an extent, in pixels. */
export const longestSide = ({ left, top, right, bottom }: Extent): number => Math.max(right - left, bottom - top);
