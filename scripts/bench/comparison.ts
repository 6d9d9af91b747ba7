/** What the README and the demo say of other ways to run the same network: a table of what was measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.js';
import { contestants } from './parts/contestants.js';
import type { Outcome } from './figures.js';
import { startTitles } from './parts/start.js';

/** One way to come from a page to an answer. */
interface Way {
  /** In HTML and in Markdown alike. */
  readonly name: string;
  /** What of the work it does. */
  readonly brings: string;
  /** Loaded for the first answer, gzip. */
  readonly bytes: number;
  /** Milliseconds from the start of the script to the first answer, median. */
  readonly start: number;
  /** Milliseconds of one prediction, median; null where it is not measured alone. */
  readonly predict: number | null;
}

export interface Comparison {
  readonly ways: readonly Way[];
  /** How it was measured: a sentence. */
  readonly setting: string;
}

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

const compared: readonly {
  readonly starter: keyof typeof startTitles;
  readonly contestant: keyof typeof contestants | null;
  readonly name: string;
  readonly brings: string;
}[] = [
  {
    starter: 'element',
    contestant: null,
    name: '<code>&lt;digit-recognizer&gt;</code>, to the painted answer',
    brings: 'pad, normalization, network, answer, form control',
  },
  {
    starter: 'program-wasm',
    contestant: 'program',
    name: '<code>InferenceService</code>, its engine alone',
    brings: 'runs the network',
  },
  {
    starter: 'onnx-runtime-wasm',
    contestant: 'onnxruntime',
    name: `onnxruntime-web ${devDependencies['onnxruntime-web']}`,
    brings: 'runs the network',
  },
  {
    starter: 'tensorflow-wasm',
    contestant: 'tensorflow',
    name: `TensorFlow.js ${devDependencies['@tensorflow/tfjs-core']}`,
    brings: 'runs the network',
  },
];

/**
 * @param measurements with the parts `start` and `predict`
 * @throws {Error} when something was not measured
 */
export function compareWays(
  measurements: readonly (Outcome & { readonly part: string })[],
  { browser, processors }: { browser: string; processors: number },
): Comparison {
  const figure = (part: string, name: string) => {
    const found = measurements.find((each) => each.part === part)?.figures.find((each) => each.name === name);
    if (!found) throw new Error(`The comparison needs what was not measured: ${part}, ${name}.`);
    return found;
  };
  const { count } = figure('start', `${startTitles.element}: script start`);
  return {
    ways: compared.map(({ starter, contestant, name, brings }) => ({
      name,
      brings,
      bytes: figure('start', `${startTitles[starter]}: bytes, gzip`).median,
      start: figure('start', `${startTitles[starter]}: script start`).median,
      predict: contestant && figure('predict', `network, 1: ${contestants[contestant]}`).median,
    })),
    setting: `The same network and weights, on WebAssembly with one thread, in ${browser} on ${processors} processor cores, served from the same machine so that no network counts; medians, the start of ${count} fresh pages by turns.`,
  };
}

const formatSize = (bytes: number) =>
  bytes < 1e6 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

const formatTime = (time: number) => `${time >= 10 ? Math.round(time) : time.toFixed(2)} ms`;

/** The head, and a row for each way. */
function cells({ ways }: Comparison): string[][] {
  return [
    ['', 'brings', 'loaded for the first answer', 'script start to the first answer', 'one prediction'],
    ...ways.map(({ name, brings, bytes, start, predict }) => [
      name,
      brings,
      formatSize(bytes),
      formatTime(start),
      predict === null ? '' : formatTime(predict),
    ]),
  ];
}

export function toMarkdown(comparison: Comparison): string {
  const [head, ...rows] = cells(comparison).map((row) => `| ${row.join(' | ')} |`.replaceAll('|  |', '| |'));
  return `\n${[head, '|---|---|---|---|---|', ...rows].join('\n')}\n\n${comparison.setting}\n`;
}

export function toHtml(comparison: Comparison): string {
  const [head, ...rows] = cells(comparison);
  const [, , ...labels] = head;
  const lines = [
    '<table class="comparison">',
    '  <thead>',
    '    <tr>',
    ...['What runs', ...labels].map((label) => `      <th scope="col">${label}</th>`),
    '    </tr>',
    '  </thead>',
    '  <tbody>',
    ...rows.flatMap(([name, brings, ...values]) => [
      '    <tr>',
      `      <th scope="row">${name} <small>${brings}</small></th>`,
      ...values.map((value, index) => `      <td data-label="${labels[index]}">${value}</td>`),
      '    </tr>',
    ]),
    '  </tbody>',
    '</table>',
    `<p class="setting">${comparison.setting}</p>`,
  ];
  return `\n${lines.map((line) => `        ${line}\n`).join('')}        `;
}

const begin = '<!-- comparison: written by npm run bench -- --publish -->';
const end = '<!-- end of the comparison -->';

/**
 * @param text of a file that shows the comparison
 * @returns the text with the table in the place of the one before
 * @throws {Error} when it has no place for it
 */
export function replaceComparison(text: string, table: string): string {
  const [before, rest] = text.split(begin) as [string, string?];
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`There is no place for the comparison: ${begin} … ${end}`);
  return `${before}${begin}${table}${end}${after}`;
}
