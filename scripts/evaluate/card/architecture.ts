/** The drawing of a network's layers. Pure. */
import { whole } from '../report.js';
import { colors, drawFigure, seriesColor } from './figure.js';
import type { LayerFacts } from './layers.js';

/** Width of a layer's column, and the line that all layers stand on, in pixels. */
const column = 86;
const floor = 182;

/** A box of feature maps: its top, its right side, and its front. */
function drawMaps(middle: number, channels: number, [rows, columns]: readonly number[]): string {
  const [width, height] = [3 + Math.round(channels * 0.35), Math.max(3, Math.round(rows * 3.4))];
  const [aside, up] = [Math.round(columns * 1.3), Math.round(columns * 1.1)];
  const [left, top] = [Math.round(middle - (width + aside) / 2), floor - height];
  return `<g class="maps" fill="${seriesColor(0)}">
<path d="M${left},${top}l${aside},${-up}h${width}l${-aside},${up}z" fill-opacity="0.6" />
<path d="M${left + width},${top}l${aside},${-up}v${height}l${-aside},${up}z" fill-opacity="0.25" stroke="${seriesColor(0)}" />
<rect x="${left}" y="${top}" width="${width}" height="${height}" /></g>`;
}

/** A bar for a vector, whose height grows with the logarithm of its length. */
function drawList(middle: number, length: number): string {
  const height = Math.round(12 + 7 * Math.log2(length));
  return `<g class="lists" fill="${seriesColor(1)}">
<rect x="${middle - 4}" y="${floor - height}" width="8" height="${height}" /></g>`;
}

/** A network as a row of boxes: the output of each layer, to scale. */
export function drawArchitecture(title: string, layers: readonly LayerFacts[]): string {
  const width = layers.length * column + 20;
  const muted = `fill="${colors.muted}"`;
  const parts = layers.flatMap(({ name, activation, shape: [channels, ...sizes], parameters }, index) => {
    const middle = 10 + (index + 0.5) * column;
    const label = (text: string, y: number, attributes = 'fill="currentColor"') =>
      `<text x="${middle}" y="${floor + y}" text-anchor="middle" font-size="10" ${attributes}>${text}</text>`;
    return [
      sizes.length > 0 ? drawMaps(middle, channels, sizes) : drawList(middle, channels),
      label(name, 23, 'fill="currentColor" font-weight="600"'),
      label(activation ?? '', 39, muted),
      label([...sizes, channels].map(whole).join(' × '), 55),
      label(parameters > 0 ? whole(parameters) : '–', 71, muted),
    ];
  });
  const line = `<path d="M0,${floor}H${width}" stroke="${colors.rule}" />`;
  return drawFigure(title, width, 264, [...parts, line]);
}
