/** Figures by Observable Plot as SVG files, for light and dark pages alike. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

const palettes = {
  light: {
    paper: '#ffffff',
    ink: '#1f2328',
    muted: '#59636e',
    rule: '#d1d9e0',
    warn: '#e16f24',
    series: ['#0969da', '#bc4c00', '#1a7f37', '#8250df', '#9a6700'],
  },
  dark: {
    paper: '#0d1117',
    ink: '#f0f6fc',
    muted: '#9198a1',
    rule: '#3d444d',
    warn: '#db6d28',
    series: ['#4493f8', '#f0883e', '#3fb950', '#ab7df8', '#d29922'],
  },
};

const variables = ({ series, ...others }: (typeof palettes)['light']) =>
  [...Object.entries(others), ...series.entries()].map(([name, color]) => `--c-${name}:${color}`).join(';');

const styles = `svg{${variables(palettes.light)};color:var(--c-ink)}text{font-family:system-ui,-apple-system,"Segoe UI",sans-serif}
@media(prefers-color-scheme:dark){svg{${variables(palettes.dark)}}}`;

const color = (name: string | number) => `var(--c-${name})`;
export const colors = { muted: color('muted'), rule: color('rule'), warn: color('warn') };

/** The color of a series; five colors repeat. */
export const seriesColor = (index: number) => color(index % palettes.light.series.length);

/** Draws a chart as part of a figure, with its top left corner at a position. */
export function plotAt(x: number, y: number, options: Plot.PlotOptions): string {
  const plot = Plot.plot({ ...options, document });
  plot.querySelector('style')?.remove();
  plot.setAttribute('x', String(x));
  plot.setAttribute('y', String(y));
  return plot.outerHTML;
}

/** Draws charts of one size in rows, below the title. */
export const inRows = (charts: readonly Plot.PlotOptions[], columns: number, width: number, height: number): string[] =>
  charts.map((options, index) => plotAt((index % columns) * width, 34 + Math.floor(index / columns) * height, options));

/** Scales for marks with positions in pixels. */
export const inPixels: Plot.PlotOptions = {
  margin: 0,
  x: { type: 'identity', axis: null },
  y: { type: 'identity', axis: null },
};

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * A figure with a background, so that it is legible on any page.
 * @param title also the accessible name
 * @param parts SVG
 */
export function drawFigure(title: string, width: number, height: number, parts: readonly string[]): string {
  const name = escapeText(title);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${name}</title><style>${styles}</style><rect width="${width}" height="${height}" rx="6" style="fill:var(--c-paper)" />
<text x="14" y="23" font-size="14" font-weight="600" fill="currentColor">${name}</text>${parts.join('\n')}</svg>\n`;
}
