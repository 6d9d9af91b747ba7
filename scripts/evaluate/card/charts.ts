/** The charts of the model card. Pure. */
import * as Plot from '@observablehq/plot';
import { groups, sum } from 'd3-array';
import type { Bin, Calibration } from '../calibration.js';
import type { LearningSummary } from '../learning.js';
import { percent, stepName, whole } from '../report.js';
import type { ConditionResult, DigitsResult } from '../results.js';
import { toShare, type Share } from '../statistics.js';
import { colors, drawFigure, inPixels, inRows, plotAt, seriesColor } from './figure.js';

const percentTicks = { tickFormat: (share: number) => `${Number((share * 100).toFixed(3))} %`, label: null };
const centered = { labelAnchor: 'center', labelArrow: 'none' } as const;
const topLeft = { frameAnchor: 'top-left' } as const;
const heading = (text: string, dy: number) => Plot.text([text], { ...topLeft, dy, fontSize: 12, fontWeight: 600 });
const grid = () => Plot.gridY({ stroke: colors.rule, strokeOpacity: 1 });

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
  return drawFigure(title, guesses.length * 32 + 60, 416, [plotAt(0, 30, options)]);
}

/** Bins with fewer samples say little, and are drawn pale. */
export const fewSamples = 20;

/** Reliability diagrams: accuracy by confidence, and the number of digits in each bin. */
export function drawReliability(
  title: string,
  sets: readonly { readonly name: string; readonly calibration: Calibration }[],
): string {
  const parts = sets.flatMap(({ name, calibration }, index) => {
    const bins = calibration.bins.filter(({ count }) => count > 0);
    const total = sum(bins, ({ count }) => count);
    const facts = `${whole(total)} digits, calibration error ${percent(calibration.error)}`;
    const span = { x1: 'low', x2: 'high' };
    const bars = (options: Plot.RectOptions) => Plot.rect(bins, { ...span, insetLeft: 1, insetRight: 1, ...options });
    const size = { width: 340, marginLeft: 52, marginRight: 16 };
    const x: Plot.ScaleOptions = { domain: [0, 1], ...percentTicks };
    const shares: Plot.PlotOptions = {
      ...size,
      height: 330,
      marginTop: 44,
      x: { ...x, ...centered, label: 'confidence' },
      y: { ...x, ...centered, label: 'read right' },
      opacity: { type: 'identity' },
      marks: [
        grid(),
        heading(name, -40),
        Plot.text([facts], { ...topLeft, dy: -25, fill: colors.muted }),
        Plot.line([[0, 0], [1, 1]], { stroke: colors.muted, strokeDasharray: '4 4' }), // prettier-ignore
        bars({
          y1: 0,
          y2: 'accuracy',
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
        bars({ y1: 0.7, y2: 'count', fill: colors.muted }),
        Plot.text(bins, {
          x: ({ low, high }: Bin) => (low + high) / 2,
          y: 'count',
          text: 'count',
          dy: -6,
          fontSize: 8,
        }),
      ],
    };
    return [plotAt(index * 346, 36, shares), plotAt(index * 346, 370, counts)];
  });
  return drawFigure(title, sets.length * 346 + 8, 470, parts);
}

export interface Series {
  readonly name: string;
  readonly conditions: readonly (Pick<ConditionResult, 'kind' | 'unit'> & {
    readonly strength: string | number;
    readonly share: Share;
  })[];
}

/** Shares under conditions: a small chart per kind, with a line per series. */
export function drawConditions(title: string, series: readonly Series[], columns: number): string {
  const points = series.flatMap(({ name, conditions }) =>
    conditions.map(({ kind, unit, strength, share: { share, interval } }) => {
      const [low, high] = interval;
      return { name, kind, unit, strength: String(strength), share, low, high };
    }),
  );
  const floor = Math.max(0, Math.floor(Math.min(...points.map(({ low }) => low)) * 10) / 10);
  const panels = groups(points, ({ kind }) => kind).map(([kind, own]): Plot.PlotOptions => {
    const marks = series.map(({ name }, index) => {
      const line = own.filter((point) => point.name === name);
      // Slightly apart, so that intervals do not hide each other.
      const common = { x: 'strength', dx: (index - (series.length - 1) / 2) * 5, stroke: seriesColor(index) };
      return [
        Plot.line(line, { ...common, y: 'share', strokeWidth: 2, className: 'series' }),
        Plot.ruleX(line, { ...common, y1: 'low', y2: 'high', strokeOpacity: 0.45 }),
        Plot.dot(line, { ...common, y: 'share', fill: seriesColor(index) }),
      ];
    });
    return {
      width: 250,
      height: 190,
      marginLeft: 46,
      marginTop: 26,
      marginBottom: 40,
      style: { fontSize: '9px' },
      x: { type: 'point', domain: own.map(({ strength }) => strength), label: own[0].unit, ...centered },
      y: { domain: [floor, 1], ...percentTicks, ticks: 3 },
      marks: [grid(), heading(kind, -18), ...marks],
    };
  });
  const width = columns * 250 + 8;
  const legend: Plot.PlotOptions = {
    ...inPixels,
    width,
    height: 34,
    marks: series.map(({ name }, index) => {
      const position = { x: width - (series.length - index) * 140, y: 18 };
      return [
        Plot.dot([name], { ...position, r: 4, fill: seriesColor(index) }),
        Plot.text([name], { ...position, dx: 9, textAnchor: 'start', fontSize: 12 }),
      ];
    }),
  };
  const height = 40 + Math.ceil(panels.length / columns) * 196;
  return drawFigure(title, width, height, [...inRows(panels, columns, 250, 196), plotAt(0, 0, legend)]);
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

/**
 * Reads training's table of `epoch`, `loss`, and shares (0..1) of validation sets: `accuracy` (right best guesses) and
 * `right` for digits, `refused` for non-digits.
 * @throws {Error} when a column is missing
 */
export function parseHistory(csv: string) {
  const [head, ...rows] = csv.trim().split('\n').map((row) => row.trim().split(',')); // prettier-ignore
  const column = (name: string) => {
    const index = head.indexOf(name);
    if (index < 0) throw new Error(`The learning curve has no column "${name}".`);
    return rows.map((row) => Number(row[index]));
  };
  const epochs = column('epoch');
  const curves = (figure: string, toShown = (share: number) => share) =>
    head
      .filter((name) => name.endsWith(` ${figure}`))
      .flatMap((name) => {
        const set = name.slice(0, -figure.length - 1);
        return column(name).map((share, row) => ({ epoch: epochs[row], set, share: toShown(share) }));
      });
  const rest = (share: number) => 1 - share;
  return {
    loss: column('loss').map((loss, row) => ({ epoch: epochs[row], loss })),
    /** Digits of the validation sets whose best guess is wrong. */
    misread: curves('accuracy', rest),
    /** Digits of the validation sets that are misread or refused. */
    notRight: curves('right', rest),
    /** Non-digits of the validation sets that are refused. */
    refused: curves('refused'),
  };
}

/** A training run, by epoch. */
type History = ReturnType<typeof parseHistory>;
type Curves = History['misread'];

/** Small charts of the training loss, and of each kind of share. */
export function drawLearning(run: string, { loss, misread, notRight, refused }: History): string {
  const last = Math.max(...loss.map(({ epoch }) => epoch));
  const common: Plot.PlotOptions = {
    width: 400,
    height: 280,
    marginLeft: 52,
    clip: true,
    // From the first epoch, or from 0 for a run that has only one.
    x: {
      domain: [Math.min(1, last - 1), last],
      label: 'epoch',
      ...centered,
      ticks: Math.min(6, last),
      tickFormat: 'd',
    },
    color: { type: 'identity' },
  };
  const curve = { x: 'epoch', strokeWidth: 2, className: 'curve' };
  const caption = (text: string, marginTop: number) =>
    Plot.text([text], { ...topLeft, dy: 8 - marginTop, fill: colors.muted, clip: false });
  const lossPanel: Plot.PlotOptions = {
    ...common,
    marginTop: 34,
    y: { label: null, grid: true, ticks: 5, zero: true, nice: true },
    marks: [caption('training loss', 34), Plot.line(loss, { ...curve, y: 'loss', stroke: seriesColor(0) })],
  };
  const panel = (name: string, curves: Curves, fromZero: boolean): Plot.PlotOptions[] => {
    if (curves.length === 0) return [];
    const sets = [...new Set(curves.map(({ set }) => set))];
    const marginTop = 38 + 13 * Math.ceil(sets.length / 2);
    // The first epochs, far above all others, would flatten the rest.
    const settled = curves.filter(({ epoch }) => !fromZero || epoch > last / 5).map(({ share }) => share);
    const domain = fromZero ? [0, Math.max(...settled) * 1.1 || 0.01] : [Math.floor(Math.min(...settled) * 10) / 10, 1];
    const legend = sets.map((set, index) => {
      const position = { ...topLeft, dx: (index % 2) * 175 + 4, dy: 28 + Math.floor(index / 2) * 13 - marginTop };
      return [
        Plot.dot([set], { ...position, r: 3.5, fill: seriesColor(index), clip: false }),
        Plot.text([set], { ...position, dx: position.dx + 8, dy: position.dy - 5, clip: false }),
      ];
    });
    const stroke = ({ set }: Curves[number]) => seriesColor(sets.indexOf(set));
    return [
      {
        ...common,
        marginTop,
        y: { domain, grid: true, ticks: 5, ...percentTicks },
        marks: [caption(name, marginTop), legend, Plot.line(curves, { ...curve, y: 'share', z: 'set', stroke })],
      },
    ];
  };
  const panels = [
    lossPanel,
    ...panel('validation: best guesses that are wrong', misread, true),
    ...panel('validation: digits misread or rejected', notRight, true),
    ...panel('validation: non-digits rejected', refused, false),
  ];
  const parts = inRows(panels, 2, 414, 290);
  return drawFigure(`${run}: learning`, 820, 34 + Math.ceil(parts.length / 2) * 290, parts);
}
