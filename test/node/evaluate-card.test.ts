import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseFragment } from 'parse5';
import { UsageError } from '../../scripts/command-line.js';
import { calibrate, pool } from '../../scripts/evaluate/calibration.js';
import { drawArchitecture } from '../../scripts/evaluate/card/architecture.js';
import { drawConditions } from '../../scripts/evaluate/card/conditions.js';
import { drawConfusion } from '../../scripts/evaluate/card/confusion.js';
import { missingSections, slug, writeDocument, type ModelFacts } from '../../scripts/evaluate/card/document.js';
import { readLayers, readStorage, readWeighted } from '../../scripts/evaluate/card/layers.js';
import { drawLearning, parseHistory } from '../../scripts/evaluate/card/learning.js';
import { drawMistakes, worstMistakes } from '../../scripts/evaluate/card/mistakes.js';
import { drawReliability } from '../../scripts/evaluate/card/reliability.js';
import { parseOptions } from '../../scripts/evaluate/options.js';
import { toMeasurement, toRecord, type Measurement, type Outcome } from '../../scripts/evaluate/results.js';
import { confusionMatrix, type Answer } from '../../scripts/evaluate/statistics.js';
import { root } from '../../scripts/setup.js';

const models = join(root, 'models');
const read = (file: string): string => readFileSync(join(models, file), 'utf8');
const { models: catalog } = JSON.parse(read('catalog.json')) as { models: (ModelFacts & { figures: object })[] };

function answer(digit: number | null, confidence = 0.9, image = ''): Answer {
  const probabilities = Array.from({ length: 10 }, (_, each) => (each === digit ? confidence : (1 - confidence) / 9));
  return { digit, probabilities, energy: confidence, refused: confidence < 0.5, image, times: { infer: 1.25 } };
}

interface Node {
  readonly nodeName: string;
  readonly attrs?: { readonly name: string; readonly value: string }[];
  readonly childNodes?: Node[];
  readonly value?: string;
}

/** All elements of a picture with their attributes, and its words. Fails where the markup is broken. */
function parse(svg: string): { elements: { name: string; attributes: Record<string, string> }[]; words: string[] } {
  const tree = parseFragment(svg, { onParseError: ({ code }) => assert.fail(code) }) as unknown as Node;
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const words: string[] = [];
  const visit = ({ nodeName, attrs, childNodes }: Node): void => {
    const attributes = Object.fromEntries((attrs ?? []).map(({ name, value }) => [name, value]));
    elements.push({ name: nodeName, attributes });
    for (const [key, value] of Object.entries(attributes)) assert.doesNotMatch(value, /NaN|undefined|Infinity/, key);
    if (nodeName === 'text') words.push((childNodes ?? []).map(({ value }) => value ?? '').join(''));
    childNodes?.forEach(visit);
  };
  visit(tree);
  return { elements, words };
}

const count = (svg: string, name: string, classes: string): number =>
  parse(svg).elements.filter((each) => each.name === name && each.attributes.class?.split(' ').includes(classes))
    .length;

test('reads the layers of the shipped models from their files, down to the last parameter', () => {
  for (const { name, file, parameters } of catalog) {
    const layers = readLayers(readWeighted(readFileSync(join(models, file))));
    assert.deepEqual(layers[0].shape, [1, 28, 28]);
    assert.deepEqual(layers[layers.length - 1].shape, [10]);
    const total = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    assert.equal(total, parameters, name);
  }
});

test("finds the demo's architecture in reference, and what it costs", () => {
  const model = readWeighted(readFileSync(join(models, 'reference.onnx')));
  const layers = readLayers(model);
  assert.deepEqual(
    layers.map(({ operation, shape, activation }) => [operation, shape.join('x'), activation]),
    [
      ['input', '1x28x28', null],
      ['convolution', '32x26x26', 'ReLU'],
      ['convolution', '64x24x24', 'ReLU'],
      ['flatten', '36864', null],
      ['dense', '128', 'ReLU'],
      ['dense', '10', null],
    ],
  );
  assert.equal(
    layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    26 * 26 * 32 * 9 + 24 * 24 * 64 * 32 * 9 + 36_864 * 128 + 128 * 10,
  );
  const { type, zeros } = readStorage(model);
  assert.equal(type, 'int8');
  assert.ok(zeros > 0.95 * 4_718_592 && zeros < 4_718_592, String(zeros));
});

test('says which operator it cannot describe', () => {
  const model = readWeighted(readFileSync(join(models, 'compact.onnx')));
  const nodes = model.nodes.map((node) => (node.operator === 'MaxPool' ? { ...node, operator: 'LpPool' } : node));
  assert.throws(() => readLayers({ ...model, nodes }), /operator LpPool/);
});

test('draws a box for every layer that has maps and a bar for every list, with its shape and parameters', () => {
  const layers = readLayers(readWeighted(readFileSync(join(models, 'reference.onnx'))));
  const svg = drawArchitecture('reference', layers);
  assert.equal(count(svg, 'polygon', 's0-line'), 3);
  assert.equal(count(svg, 'rect', 's1'), 3);
  const { words } = parse(svg);
  for (const expected of ['conv 3×3', '24 × 24 × 64', '36,864', '4,718,720']) {
    assert.ok(words.includes(expected), expected);
  }
});

test('colours only the mistakes of a confusion matrix, and shows a column for no guess where there was none', () => {
  const readings = [
    { label: 3, digit: 3 },
    { label: 3, digit: 8 },
    { label: 5, digit: 6 },
  ];
  const svg = drawConfusion('A & B', { confusion: confusionMatrix(readings) });
  assert.equal(count(svg, 'rect', 'warn'), 2);
  assert.equal(count(svg, 'rect', 'rule'), 100);
  assert.ok(parse(svg).words.includes('A & B'));
  const undecided = drawConfusion('none', { confusion: confusionMatrix([...readings, { label: 1, digit: null }]) });
  assert.equal(count(undecided, 'rect', 'rule'), 110);
  assert.equal(count(undecided, 'rect', 'warn'), 3);
});

test('takes several calibrations together as if they were one', () => {
  const [labels, others] = [
    [1, 2, 3],
    [4, 4],
  ];
  const [answers, more] = [
    [answer(1, 0.9), answer(2, 0.92), answer(7, 0.6)],
    [answer(4, 0.91), answer(1, 0.35)],
  ];
  const together = calibrate([...labels, ...others], [...answers, ...more]);
  const pooled = pool([calibrate(labels, answers), calibrate(others, more)]);
  assert.ok(Math.abs(pooled.error - together.error) < 1e-12);
  assert.deepEqual(
    pooled.bins.map((bin) => bin.count),
    together.bins.map((bin) => bin.count),
  );
  const svg = drawReliability('title', [{ name: 'both', calibration: pooled }]);
  assert.equal(count(svg, 'rect', 's0'), pooled.bins.filter((bin) => bin.count > 0).length);
});

/** A picture of one dark pixel in the third row, fourth column. */
const dot = Buffer.from(Uint8Array.from({ length: 784 }, (_, index) => (index === 2 * 28 + 3 ? 255 : 0)));

function outcome(name: string, labels: number[] | null, answers: Answer[]): Outcome {
  return { job: { name, through: 'service', labels, condition: null }, answers };
}

function condition(family: 'distorted' | 'redrawn', kind: string, strength: number, right: boolean): Outcome {
  const job = {
    name: `${kind} ${strength}`,
    through: 'pad',
    labels: [1],
    condition: { family, kind, unit: 'units', strength },
  };
  return { job, answers: [answer(right ? 1 : 2)] } as Outcome;
}

function measure(model: string, outcomes: Outcome[]): Measurement {
  return toMeasurement({ model, backend: 'wasm', browser: 'chromium 1' }, outcomes);
}

const mnist = outcome(
  'MNIST test',
  [1, 2, 3, 4, 5],
  [
    answer(1),
    answer(7, 0.6, dot.toString('base64')),
    answer(null),
    { error: 'lost' },
    answer(6, 0.8, dot.toString('base64')),
  ],
);

test('shows the mistakes that the network was most sure of first, and neither what failed nor what is right', () => {
  const mistakes = worstMistakes(measure('compact', [mnist]), 50);
  assert.deepEqual(
    mistakes.map(({ label, guess, confidence }) => [label, guess, confidence]),
    [
      [5, 6, 0.8],
      [2, 7, 0.6],
    ],
  );
  assert.equal(worstMistakes(measure('compact', [mnist]), 1).length, 1);
  const { elements, words } = parse(drawMistakes('Mistakes', mistakes));
  const paths = elements.filter(({ name }) => name === 'path').map(({ attributes }) => attributes.d);
  assert.deepEqual(paths, ['M3 2h1v1h-1z', 'M3 2h1v1h-1z']);
  assert.ok(words.includes('5 read as 6') && words.includes('80.0 %'));
});

test('draws one line per model for each kind of condition', () => {
  const conditions = [0.1, 0.2].flatMap((strength) => [
    condition('distorted', 'blur', strength, true),
    condition('distorted', 'noise', strength, false),
  ]);
  const series = ['compact', 'reference'].map((model) => ({
    model,
    conditions: measure(model, conditions).conditions,
  }));
  const svg = drawConditions('Distorted', series, 4);
  const lines = parse(svg).elements.filter(({ name }) => name === 'polyline');
  assert.equal(lines.length, 4);
  assert.equal(new Set(lines.map(({ attributes }) => attributes.class)).size, 2);
});

test('reads what training writes, and draws it also where there is one epoch only', () => {
  const csv = 'epoch,loss,a accuracy,a log loss,b accuracy\n1,2.5,0.9,0.1,0.5\n2,0.5,0.99,0.05,1\n';
  const history = parseHistory(csv);
  assert.deepEqual(history.epochs, [1, 2]);
  assert.deepEqual(
    history.sets.map(({ name, errors }) => [name, ...errors.map((share) => share.toFixed(2))]),
    [
      ['a', '0.10', '0.01'],
      ['b', '0.50', '0.00'],
    ],
  );
  assert.equal(parse(drawLearning('run', history)).elements.filter(({ name }) => name === 'polyline').length, 3);
  parse(drawLearning('run', parseHistory('epoch,loss,a accuracy\n1,2,1\n')));
  assert.throws(() => parseHistory('epoch,a accuracy\n1,2\n'), /no column "loss"/);
});

test('keeps pictures of the samples out of the file of results', () => {
  const measurement = measure('compact', [mnist, outcome('shapes', null, [answer(1, 0.4, dot.toString('base64'))])]);
  const text = JSON.stringify(toRecord(measurement));
  assert.doesNotMatch(text, /"image"/);
  assert.match(text, /"label":2,"digit":7/);
  assert.equal(measurement.nondigits[0].refused, 1);
  assert.equal(measurement.nondigits[0].comparisons[0].name, 'MNIST test');
});

/** Facts of both models with the given measurements, as the card takes them. */
function factsOf(outcomes: Outcome[]): ModelFacts[] {
  return catalog.map((facts) => ({
    ...facts,
    storage: { type: 'int8', zeros: facts.name === 'reference' ? 4_000_000 : 0 },
    layers: readLayers(readWeighted(readFileSync(join(models, facts.file)))),
    runs: [facts.name],
    measurement: measure(facts.name, outcomes),
  }));
}

test('writes into the card what was measured, and says what was left out', () => {
  const blur = condition('distorted', 'blur', 2, true);
  const least = writeDocument(factsOf([mnist, blur]), 'npm run evaluate -- --card');
  assert.match(least, /\| MNIST, test part \| 5 \| 20\.00 % \(3\.62–62\.45\)/);
  assert.match(least, /Left out, .*drawn digits \(`--strokes FILE`\).*what is no digit \(`--nondigits FILE`\)/);
  assert.doesNotMatch(least, /## What is no digit|## Drawn in other ways|undefined|NaN/);

  const whole = factsOf([
    mnist,
    outcome('new-set', [1, 1], [answer(1), answer(1)]),
    outcome('shapes', null, [answer(1, 0.4), answer(2, 0.9), answer(2, 0.3)]),
    blur,
    condition('redrawn', 'size', 10, false),
  ]);
  assert.deepEqual(missingSections(whole.map(({ measurement }) => measurement)), []);
  const card = writeDocument(whole, 'npm run evaluate -- --card --strokes new-set.jsonl');
  assert.match(card, /\| `new-set` \| 2 \| 100\.00 %/);
  assert.match(card, /refused at the shipped threshold\*\* \| \*\*66\.67 %\*\*/);
  assert.match(card, /\| size: units \| 10 \|\n.*\n\| `compact` \| 0\.00 % \|/);
  assert.match(card, /```sh\nnpm run evaluate -- --card --strokes new-set\.jsonl\n```/);
  assert.doesNotMatch(card, /Left out|undefined|NaN/);
});

test('names pictures so that any data set makes a file name', () => {
  assert.equal(slug('MNIST test'), 'mnist-test');
  assert.equal(slug('Ziffern (März)'), 'ziffern-m-rz-');
});

test('has a card that describes the models that are shipped, with every picture that it shows and no other', () => {
  const card = read('README.md');
  for (const { bytes, parameters, temperature, leastEnergy } of catalog) {
    for (const fact of [
      `${bytes.toLocaleString('en')} bytes`,
      parameters.toLocaleString('en'),
      temperature,
      leastEnergy,
    ]) {
      assert.ok(card.includes(String(fact)), `The card lacks ${fact}. Write it again: npm run evaluate -- --card`);
    }
  }
  const shown = [...card.matchAll(/\(figures\/([^)]+)\)/g)].map(([, file]) => file);
  for (const file of shown) assert.ok(existsSync(join(models, 'figures', file)), file);
  const drawn = readdirSync(join(models, 'figures')).filter((file) => file.endsWith('.svg'));
  assert.deepEqual([...new Set(shown)].sort(), drawn.sort());
  for (const file of drawn) parse(read(join('figures', file)));
});

test('takes --card with the files that it needs, for both models, digits on the pad', () => {
  const options = parseOptions(['--card', '--strokes', 'a.jsonl', '--limit', '5'], '/here');
  assert.deepEqual(options.models, ['compact', 'reference']);
  assert.deepEqual(
    [options.mnist, options.robustness, options.calibration, options.through, options.limit],
    [true, true, true, 'pad', 5],
  );
  assert.equal(parseOptions(['--card', '--through', 'recognize'], '/here').through, 'recognize');
  assert.throws(() => parseOptions(['--card', '--model', 'compact'], '/here'), UsageError);
});
