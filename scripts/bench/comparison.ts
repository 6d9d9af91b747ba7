/** The table of the README and the demo that compares ways to run the same network. */
import packageJson from '../../package.json' with { type: 'json' };
import { titles } from './contestants.js';
import type { Outcome } from './figures.js';

const { devDependencies } = packageJson;

/** Ways from a page to an answer; the names are both HTML and Markdown. */
const compared = [
  {
    starter: 'element',
    name: '<code>&lt;digit-recognizer&gt;</code>, to the painted answer',
    brings: 'pad, normalization, network, answer, form control',
  },
  {
    starter: 'program-wasm',
    name: '<code>InferenceService</code>, its engine alone',
    brings: 'runs the network',
  },
  {
    starter: 'onnx-runtime-wasm',
    name: `onnxruntime-web ${devDependencies['onnxruntime-web']}`,
    brings: 'runs the network',
  },
  {
    starter: 'tensorflow-wasm',
    name: `TensorFlow.js ${devDependencies['@tensorflow/tfjs-core']}`,
    brings: 'runs the network',
  },
] as const;

const formatSize = (bytes: number) =>
  bytes < 1e6 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

const formatTime = (time: number) => `${time >= 10 ? Math.round(time) : time.toFixed(2)} ms`;

type Comparison = ReturnType<typeof compareWays>;

/**
 * @param measurements with the parts `start` and `predict`
 * @returns the values of each way by column, and a sentence on how they were measured
 * @throws {Error} when something was not measured
 */
export function compareWays(
  measurements: readonly (Outcome & { readonly part: string })[],
  { browser, processors }: { browser: string; processors: number },
) {
  const figure = (part: string, name: string) => {
    const found = measurements.find((each) => each.part === part)?.figures.find((each) => each.name === name);
    if (!found) throw new Error(`The comparison needs what was not measured: ${part}, ${name}.`);
    return found;
  };
  const { count } = figure('start', `${titles.element}: script start`);
  return {
    ways: compared.map(({ starter, name, brings }) => ({
      name,
      brings,
      values: {
        'loaded for the first answer': formatSize(figure('start', `${titles[starter]}: bytes, gzip`).median),
        'script start to the first answer': formatTime(figure('start', `${titles[starter]}: script start`).median),
        // The tag's prediction is not measured alone.
        'one prediction':
          starter === 'element' ? '' : formatTime(figure('predict', `network, 1: ${titles[starter]}`).median),
      },
    })),
    setting: `The same network and weights, on WebAssembly with one thread, in ${browser} on ${processors} processor cores, served from the same machine so that no network counts; medians; the starts alternate, on ${count} fresh pages each.`,
  };
}

export function toMarkdown({ ways, setting }: Comparison): string {
  const [head, ...rows] = [
    ['', 'brings', ...Object.keys(ways[0].values)],
    ...ways.map(({ name, brings, values }) => [name, brings, ...Object.values(values)]),
  ].map((row) => `| ${row.join(' | ')} |`.replaceAll('|  |', '| |'));
  return `\n${[head, '|---|---|---|---|---|', ...rows].join('\n')}\n\n${setting}\n`;
}

export function toHtml({ ways, setting }: Comparison): string {
  const heads = ['What runs', ...Object.keys(ways[0].values)].map((label) => `<th scope="col">${label}</th>`);
  const rows = ways.map(({ name, brings, values }) => {
    const cells = Object.entries(values).map(([label, value]) => `<td data-label="${label}">${value}</td>`);
    return `<tr><th scope="row">${name} <small>${brings}</small></th>${cells.join('')}</tr>`;
  });
  return `
<table class="comparison"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>
<p class="setting">${setting}</p>
`;
}

const begin = '<!-- comparison: written by npm run bench -- --publish -->';
const end = '<!-- end of the comparison -->';

/**
 * Replaces the table of a file that shows the comparison.
 * @throws {Error} when the file does not mark where
 */
export function replaceComparison(text: string, table: string): string {
  const [before, rest] = text.split(begin) as [string, string?];
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`The file does not mark where the comparison is: ${begin} … ${end}`);
  return `${before}${begin}${table}${end}${after}`;
}
