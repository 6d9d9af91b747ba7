/** The charts of the model card. Pure. */
import * as Plot from '@observablehq/plot';
import { group } from 'd3-array';
import type { Bin, Calibration } from '../calibration.js';
import type { LearningSummary } from '../learning.js';
import { stepName } from '../report.js';
import type { ConditionResult, DigitsResult } from '../results.js';
import { toShare, type Share } from '../statistics.js';
import { colors, drawPicture, inPixels, inRows, seriesColor, type Part } from './figure.js';
import type { LayerFacts } from './layers.js';

const percentTicks = { tickFormat: (share: number) => `${Number((share * 100).toFixed(3))} %`, label: null };
const centered = { labelAnchor: 'center', labelArrow: 'none' } as const;
const grid = () => Plot.gridY({ stroke: colors.rule, strokeOpacity: 1 });

const column = 86;
const baseline = 158;

/** A polygon's corners, for `Plot.line`. */
const corners = (polygon: string, points: readonly (readonly [number, number])[]) =>
  points.map(([x, y]) => ({ x, y, polygon }));

/** A network as a row of boxes: the output of each layer, to scale. */
export function drawArchitecture(title: string, layers: readonly LayerFacts[]): string {
  const width = layers.length * column + 20;
  const boxes = layers.map(({ shape: [channels, ...sizes], ...layer }, index) => {
    const middle = 10 + (index + 0.5) * column;
    const [high, aside] = [Math.max(3, (sizes[0] ?? 0) * 3.4), (sizes[1] ?? 0) * 1.3];
    const [thick, up] = [3 + channels * 0.35, aside * 0.85];
    const [left, top] = [middle - (thick + aside) / 2, baseline - high];
    const right = left + thick;
    return { ...layer, channels, sizes, middle, left, right, top, up, aside, key: String(index) };
  });
  const maps = boxes.filter(({ sizes }) => sizes.length > 0);
  const lids = maps.flatMap(({ key, left, right, top, up, aside }) =>
    corners(key, [
      [left, top],
      [left + aside, top - up],
      [right + aside, top - up],
      [right, top],
    ]),
  );
  const sides = maps.flatMap(({ key, right, top, up, aside }) =>
    corners(key, [
      [right, top],
      [right + aside, top - up],
      [right + aside, baseline - up],
      [right, baseline],
    ]),
  );
  const closed = { x: 'x', y: 'y', z: 'polygon', curve: 'linear-closed', fill: seriesColor(0) } as const;
  const label = (text: (box: (typeof boxes)[number]) => string, dy: number, options: Plot.TextOptions = {}) =>
    Plot.text(boxes, { x: 'middle', y: baseline, dy, text, ...options });
  const count = (value: number) => value.toLocaleString('en');
  const options: Plot.PlotOptions = {
    ...inPixels,
    width,
    height: 240,
    marks: [
      Plot.line(lids, { ...closed, fillOpacity: 0.6, stroke: 'none' }),
      Plot.line(sides, { ...closed, fillOpacity: 0.25, stroke: seriesColor(0), strokeWidth: 1, className: 'maps' }),
      Plot.rect(maps, { x1: 'left', x2: 'right', y1: 'top', y2: baseline, fill: seriesColor(0) }),
      Plot.rect(
        boxes.filter(({ sizes }) => sizes.length === 0),
        {
          x1: ({ middle }: { middle: number }) => middle - 4,
          x2: ({ middle }: { middle: number }) => middle + 4,
          y1: ({ channels }: { channels: number }) => baseline - 12 - 7 * Math.log2(channels),
          y2: baseline,
          fill: seriesColor(1),
          className: 'lists',
        },
      ),
      Plot.ruleY([baseline], { stroke: colors.rule }),
      label(({ name }) => name, 20, { fontWeight: 600 }),
      label(({ activation }) => activation ?? '', 36, { fill: colors.muted }),
      label(({ sizes, channels }) => [...sizes, channels].map(count).join(' × '), 52),
      label(({ parameters }) => (parameters > 0 ? count(parameters) : '–'), 68, { fill: colors.muted }),
    ],
  };
  return drawPicture(title, width, 264, [{ x: 0, y: 24, options }]);
}

/** Rows are the digits drawn, columns the best guesses. Only mistakes are colored. */
export function drawConfusion(title: string, { confusion }: Pick<DigitsResult, 'confusion'>): string {
  const guesses = [...confusion.keys(), ...(confusion.some((row) => row[10] > 0) ? ['none'] : [])].map(String);
  const cells = confusion.flatMap((row, digit) =>
    guesses.map((guess, index) => ({ digit: String(digit), guess, count: row[index], wrong: digit !== index })),
  );
  const wrong = cells.filter((cell) => cell.wrong && cell.count > 0);
  const most = Math.max(1, ...wrong.map(({ count }) => count));
  const position = { x: 'guess', y: 'digit', inset: 0.5 };
  const options: Plot.PlotOptions = {
    width: guesses.length * 32 + 60,
    height: 380,
    marginTop: 44,
    marginLeft: 44,
    x: { domain: guesses, axis: 'top', label: 'best guess', labelArrow: 'none', tickSize: 0, padding: 0 },
    y: { domain: guesses.slice(0, 10), label: 'digit', labelArrow: 'none', tickSize: 0, padding: 0 },
    opacity: { type: 'identity' },
    marks: [
      Plot.cell(cells, { ...position, fill: 'none', stroke: colors.rule, className: 'cells' }),
      Plot.cell(wrong, {
        ...position,
        fill: colors.warn,
        fillOpacity: ({ count }: { count: number }) => 0.2 + (0.65 * count) / most,
        className: 'wrong',
      }),
      Plot.text(
        cells.filter(({ count }) => count > 0),
        { x: 'guess', y: 'digit', text: 'count' },
      ),
    ],
  };
  return drawPicture(title, guesses.length * 32 + 60, 416, [{ x: 0, y: 30, options }]);
}

/** Bins with fewer samples say little, and are drawn pale. */
export const fewSamples = 20;

/** Reliability diagrams: accuracy by confidence, and the number of digits in each bin. */
export function drawReliability(
  title: string,
  sets: readonly { readonly name: string; readonly calibration: Calibration }[],
): string {
  const parts = sets.flatMap(({ name, calibration }, index): Part[] => {
    const bins = calibration.bins.filter(({ count }) => count > 0);
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    const span = { x1: 'low', x2: 'high' };
    const size = { width: 340, marginLeft: 52, marginRight: 16 };
    const x: Plot.ScaleOptions = { domain: [0, 1], ...percentTicks };
    const error = `${total.toLocaleString('en')} digits, calibration error ${(calibration.error * 100).toFixed(2)} %`;
    const shares: Plot.PlotOptions = {
      ...size,
      height: 330,
      marginTop: 44,
      x: { ...x, ...centered, label: 'confidence' },
      y: { domain: [0, 1], ...percentTicks, ...centered, label: 'read right' },
      opacity: { type: 'identity' },
      marks: [
        grid(),
        Plot.text([name], { frameAnchor: 'top-left', dy: -40, fontSize: 12, fontWeight: 600 }),
        Plot.text([error], { frameAnchor: 'top-left', dy: -25, fill: colors.muted }),
        Plot.line([[0, 0], [1, 1]], { stroke: colors.muted, strokeDasharray: '4 4' }), // prettier-ignore
        Plot.rect(bins, {
          ...span,
          y1: 0,
          y2: 'accuracy',
          insetLeft: 1,
          insetRight: 1,
          fill: seriesColor(0),
          fillOpacity: ({ count }: Bin) => (count < fewSamples ? 0.35 : 0.8),
          className: 'accuracy',
        }),
        Plot.link(bins, { ...span, y: 'confidence', stroke: colors.warn, strokeWidth: 2.5 }),
      ],
    };
    const counts: Plot.PlotOptions = {
      ...size,
      height: 90,
      marginTop: 18,
      marginBottom: 6,
      x: { ...x, axis: null },
      y: { type: 'log', domain: [0.7, Math.max(10, ...bins.map(({ count }) => count))], ticks: 0, label: 'digits' },
      marks: [
        Plot.rect(bins, { ...span, y1: 0.7, y2: 'count', insetLeft: 1, insetRight: 1, fill: colors.muted }),
        Plot.text(bins, {
          x: ({ low, high }: Bin) => (low + high) / 2,
          y: 'count',
          text: 'count',
          dy: -6,
          fontSize: 8,
        }),
      ],
    };
    return [
      { x: index * 346, y: 36, options: shares },
      { x: index * 346, y: 370, options: counts },
    ];
  });
  return drawPicture(title, sets.length * 346 + 8, 470, parts);
}

export interface ChartedCondition extends Pick<ConditionResult, 'kind' | 'unit'> {
  readonly strength: string | number;
  readonly share: Share;
}

export interface Series {
  readonly name: string;
  readonly conditions: readonly ChartedCondition[];
}

/** Shares under conditions: a small chart per kind, with a line per series. */
export function drawConditions(title: string, series: readonly Series[], columns: number): string {
  const points = series.flatMap(({ name, conditions }, index) =>
    conditions.map(({ kind, unit, strength, share: { share, interval } }) => ({
      ...{ name, index, kind, unit, strength: String(strength), share },
      low: interval[0],
      high: interval[1],
    })),
  );
  const floor = Math.max(0, Math.floor(Math.min(...points.map(({ low }) => low)) * 10) / 10);
  const panels = [...group(points, ({ kind }) => kind)].map(([kind, own]): Plot.PlotOptions => {
    const domain = [...new Set(own.map(({ strength }) => strength))];
    const marks = series.map(({ name }, place) => {
      const line = own.filter((point) => point.name === name);
      // Slightly apart, so that intervals do not hide each other.
      const common = { x: 'strength', dx: (place - (series.length - 1) / 2) * 5, stroke: seriesColor(place) };
      return [
        Plot.line(line, { ...common, y: 'share', strokeWidth: 2, className: 'series' }),
        Plot.ruleX(line, { ...common, y1: 'low', y2: 'high', strokeOpacity: 0.45 }),
        Plot.dot(line, { ...common, y: 'share', fill: seriesColor(place) }),
      ];
    });
    return {
      width: 250,
      height: 190,
      marginLeft: 46,
      marginTop: 26,
      marginBottom: 40,
      style: { fontSize: '9px' },
      x: { type: 'point', domain, label: own[0].unit, ...centered },
      y: { domain: [floor, 1], ...percentTicks, ticks: 3 },
      marks: [grid(), Plot.text([kind], { frameAnchor: 'top-left', dy: -18, fontSize: 12, fontWeight: 600 }), ...marks],
    };
  });
  const width = columns * 250 + 8;
  const names = series.map(({ name }, index) => ({ name, x: width - (series.length - index) * 140, index }));
  const legend: Plot.PlotOptions = {
    ...inPixels,
    width,
    height: 34,
    color: { type: 'identity' },
    marks: [
      Plot.dot(names, { x: 'x', y: 18, r: 4, fill: ({ index }: { index: number }) => seriesColor(index) }),
      Plot.text(names, { x: 'x', y: 18, dx: 9, text: 'name', textAnchor: 'start', fontSize: 12 }),
    ],
  };
  const height = 40 + Math.ceil(panels.length / columns) * 196;
  return drawPicture(title, width, height, [...inRows(panels, columns, 250, 196), { x: 0, y: 0, options: legend }]);
}

/** Right answers without and with learning, by the writer's previous corrections: a small chart per set. */
export function drawLearned(title: string, sets: readonly (LearningSummary & { readonly name: string })[]): string {
  const seriesOf = (name: string, right: 'without' | 'with'): Series => ({
    name,
    conditions: sets.flatMap((set) =>
      set.steps.map((step) => ({
        kind: set.name,
        unit: 'corrections before',
        strength: stepName(step),
        share: toShare(step[right], step.total),
      })),
    ),
  });
  return drawConditions(title, [seriesOf('without learning', 'without'), seriesOf('with learning', 'with')], 3);
}

/** Shares of several sets, 0..1, by epoch. */
type Curves = readonly { readonly epoch: number; readonly set: string; readonly share: number }[];

/** A training run, by epoch. */
export interface History {
  readonly loss: readonly { readonly epoch: number; readonly loss: number }[];
  /** Digits of the validation sets whose best guess is wrong. */
  readonly misread: Curves;
  /** Digits of the validation sets that are misread or refused. */
  readonly notRight: Curves;
  /** Non-digits of the validation sets that are refused. */
  readonly refused: Curves;
}

/**
 * Reads training's table of `epoch`, `loss`, and shares (0..1) of validation sets: `accuracy` (right best guesses) and
 * `right` for digits, `refused` for non-digits.
 * @throws {Error} when a column is missing
 */
export function parseHistory(csv: string): History {
  const [head, ...rows] = csv.trim().split('\n').map((row) => row.trim().split(',')); // prettier-ignore
  const column = (name: string) => {
    const index = head.indexOf(name);
    if (index < 0) throw new Error(`The learning curve has no column "${name}".`);
    return rows.map((row) => Number(row[index]));
  };
  const epochs = column('epoch');
  const curves = (figure: string, toShown: (share: number) => number): Curves =>
    head
      .filter((name) => name.endsWith(` ${figure}`))
      .flatMap((name) =>
        column(name).map((share, row) => ({
          epoch: epochs[row],
          set: name.slice(0, -figure.length - 1),
          share: toShown(share),
        })),
      );
  return {
    loss: column('loss').map((loss, row) => ({ epoch: epochs[row], loss })),
    misread: curves('accuracy', (share) => 1 - share),
    notRight: curves('right', (share) => 1 - share),
    refused: curves('refused', (share) => share),
  };
}

/** Small charts of the training loss, and of each kind of share. */
export function drawLearning(run: string, { loss, misread, notRight, refused }: History): string {
  const last = Math.max(...loss.map(({ epoch }) => epoch));
  const size: Plot.PlotOptions = { width: 400, height: 280, marginLeft: 52, clip: true };
  // From the first epoch, or from 0 for a run that has only one.
  const x: Plot.ScaleOptions = {
    domain: [Math.min(1, last - 1), last],
    label: 'epoch',
    ...centered,
    ticks: Math.min(6, last),
    tickFormat: 'd',
  };
  const heading = (text: string, marginTop: number) =>
    Plot.text([text], { frameAnchor: 'top-left', dy: 8 - marginTop, fill: colors.muted, clip: false });
  const lossOptions: Plot.PlotOptions = {
    ...size,
    marginTop: 34,
    x,
    y: { label: null, grid: true, ticks: 5, zero: true, nice: true },
    marks: [
      heading('training loss', 34),
      Plot.line(loss, { x: 'epoch', y: 'loss', stroke: seriesColor(0), strokeWidth: 2, className: 'curve' }),
    ],
  };
  const charts: readonly (readonly [title: string, curves: Curves, fromZero: boolean])[] = [
    ['validation: best guesses that are wrong', misread, true],
    ['validation: digits misread or refused', notRight, true],
    ['validation: non-digits refused', refused, false],
  ];
  const panels = charts
    .filter(([, curves]) => curves.length > 0)
    .map(([title, curves, fromZero]): Plot.PlotOptions => {
      const sets = [...new Set(curves.map(({ set }) => set))];
      const color = (set: string) => seriesColor(sets.indexOf(set));
      // The first epochs, far above all others, would flatten the rest.
      const settled = curves.filter(({ epoch }) => !fromZero || epoch > last / 5).map(({ share }) => share);
      const marginTop = 38 + 13 * Math.ceil(sets.length / 2);
      const legend = sets.map((set, index) => ({ set, dx: (index % 2) * 175, dy: 28 + Math.floor(index / 2) * 13 }));
      return {
        ...size,
        marginTop,
        x,
        y: {
          domain: fromZero ? [0, Math.max(...settled) * 1.1 || 0.01] : [Math.floor(Math.min(...settled) * 10) / 10, 1],
          grid: true,
          ticks: 5,
          ...percentTicks,
        },
        color: { type: 'identity' },
        marks: [
          heading(title, marginTop),
          ...legend.flatMap(({ set, dx, dy }) => [
            Plot.dot([set], {
              frameAnchor: 'top-left',
              dx: dx + 4,
              dy: dy - marginTop,
              r: 3.5,
              fill: color(set),
              clip: false,
            }),
            Plot.text([set], { frameAnchor: 'top-left', dx: dx + 12, dy: dy - marginTop - 5, clip: false }),
          ]),
          Plot.line(curves, {
            x: 'epoch',
            y: 'share',
            z: 'set',
            stroke: ({ set }: Curves[number]) => color(set),
            strokeWidth: 2,
            className: 'curve',
          }),
        ],
      };
    });
  const parts = inRows([lossOptions, ...panels], 2, 414, 290);
  return drawPicture(`${run}: learning`, 820, 34 + Math.ceil(parts.length / 2) * 290, parts);
}
