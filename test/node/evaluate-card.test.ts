import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { parseFragment } from 'parse5';
import { calibrate } from '../../scripts/evaluate/calibration.js';
import { drawArchitecture } from '../../scripts/evaluate/card/architecture.js';
import {
  drawConditions,
  drawConfusion,
  drawLearned,
  drawLearning,
  drawReliability,
  parseHistory,
} from '../../scripts/evaluate/card/charts.js';
import { drawContactSheet, misread, worstMistakes, worstRefusals } from '../../scripts/evaluate/card/contact-sheet.js';
import {
  dataSets,
  missingSections,
  slug,
  writeDocument,
  type ModelFacts,
} from '../../scripts/evaluate/card/document.js';
import { describeNetwork } from '../../scripts/evaluate/card/layers.js';
import { parseOptions } from '../../scripts/evaluate/options.js';
import { toJson, toMeasurement, type Measurement, type Outcome } from '../../scripts/evaluate/results.js';
import { confusionMatrix, type Answer } from '../../scripts/evaluate/statistics.js';
import { root } from '../../scripts/setup.js';
import { UsageError } from '../../scripts/shared/command-line.js';

const models = join(root, 'models');
const read = (file: string): string => readFileSync(join(models, file), 'utf8');
const { models: catalog, measuredBy } = JSON.parse(read('catalog.json')) as {
  models: ModelFacts[];
  measuredBy: string;
};

/** An empty image. */
const blank = new Uint8Array(784);

function answer(digit: number | null, confidence = 0.9, image = blank, refused = confidence < 0.5): Answer {
  const probabilities = Array.from({ length: 10 }, (_, each) => (each === digit ? confidence : (1 - confidence) / 9));
  const guess = digit === null ? '' : String(digit);
  return { guess, probabilities, energy: confidence, refused, image, times: { infer: 1.25 } };
}

interface Node {
  readonly nodeName: string;
  readonly attrs?: { readonly name: string; readonly value: string }[];
  readonly childNodes?: Node[];
  readonly value?: string;
}

/** All elements of an SVG with their attributes, and its text. Fails if the markup is invalid. */
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

/** The number of elements of a kind in a chart's mark with a class. */
function count(svg: string, name: string, mark: string): number {
  const groups: Node[] = [];
  const visit = (node: Node): void => {
    if (node.attrs?.some((each) => each.name === 'class' && each.value === mark)) groups.push(node);
    node.childNodes?.forEach(visit);
  };
  visit(parseFragment(svg));
  return groups.flatMap(({ childNodes = [] }) => childNodes).filter(({ nodeName }) => nodeName === name).length;
}

test('reads the layers of the shipped models from their files, down to the last parameter', () => {
  for (const { name, file, parameters } of catalog) {
    const { layers } = describeNetwork(readFileSync(join(models, file)));
    assert.deepEqual(layers[0].shape, [1, 28, 28]);
    assert.deepEqual(layers[layers.length - 1].shape, [10]);
    const total = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    assert.equal(total, parameters, name);
  }
});

test("finds the demo's architecture in reference, and what it costs", () => {
  const { layers, multiplyAdds, storage, zeros } = describeNetwork(readFileSync(join(models, 'reference.onnx')));
  assert.deepEqual(
    layers.map(({ name, shape, activation }) => [name, shape.join('x'), activation]),
    [
      ['input', '1x28x28', null],
      ['conv 3×3', '32x26x26', 'ReLU'],
      ['conv 3×3', '64x24x24', 'ReLU'],
      ['flatten', '36864', null],
      ['dense', '128', 'ReLU'],
      ['dense', '10', null],
    ],
  );
  assert.equal(multiplyAdds, 26 * 26 * 32 * 9 + 24 * 24 * 64 * 32 * 9 + 36_864 * 128 + 128 * 10);
  assert.equal(storage, 'int8');
  assert.ok(zeros > 0.95 * 4_718_592 && zeros < 4_718_592, String(zeros));
});

test('reports an operator that it cannot describe', () => {
  const file = readFileSync(join(models, 'compact.onnx'));
  const operator = Buffer.from('MaxPool');
  for (let at = file.indexOf(operator); at >= 0; at = file.indexOf(operator)) file.write('MaxRoll', at);
  assert.throws(() => describeNetwork(file), /MaxRoll/);
});

test('draws a box for every layer of feature maps and a bar for every vector, with shape and parameters', () => {
  const { layers } = describeNetwork(readFileSync(join(models, 'reference.onnx')));
  const svg = drawArchitecture('reference', layers);
  assert.equal(count(svg, 'rect', 'maps'), 3);
  assert.equal(count(svg, 'rect', 'lists'), 3);
  const { words } = parse(svg);
  for (const expected of ['conv 3×3', '24 × 24 × 64', '36,864', '4,718,720']) {
    assert.ok(words.includes(expected), expected);
  }
});

test('colors only the mistakes of a confusion matrix, and has a column for missing answers only if there are any', () => {
  const matrix = (labels: string[], digits: (number | null)[]) => ({
    confusion: confusionMatrix(
      labels,
      digits.map((digit) => answer(digit)),
    ),
  });
  const svg = drawConfusion('A & B', matrix(['3', '3', '5'], [3, 8, 6]));
  assert.equal(count(svg, 'rect', 'wrong'), 2);
  assert.equal(count(svg, 'rect', 'cells'), 100);
  assert.ok(parse(svg).words.includes('A & B'));
  const undecided = drawConfusion('none', matrix(['3', '3', '5', '1'], [3, 8, 6, null]));
  assert.equal(count(undecided, 'rect', 'cells'), 110);
  assert.equal(count(undecided, 'rect', 'wrong'), 3);
});

test('draws a bar for each level of confidence that any digit was read with', () => {
  const calibration = calibrate(['1', '2', '3'], [answer(1, 0.9), answer(2, 0.92), answer(7, 0.6)]);
  const svg = drawReliability('title', [{ name: 'digits', calibration }]);
  assert.equal(count(svg, 'rect', 'accuracy'), 2);
});

/** An image with one dark pixel in the third row, fourth column. */
const dot = Uint8Array.from({ length: 784 }, (_, index) => (index === 2 * 28 + 3 ? 255 : 0));

function outcome(name: string, labels: number[] | null, answers: Answer[]): Outcome {
  const kind = labels ? 'digits' : 'nondigits';
  return { job: { name, through: 'service', kind, labels: labels?.map(String) ?? [], condition: null }, answers };
}

function condition(family: 'distorted' | 'redrawn', kind: string, strength: number, right: boolean): Outcome {
  const job = {
    name: `${kind} ${strength}`,
    through: 'pad',
    kind: 'digits',
    labels: ['1'],
    condition: { family, kind, unit: 'units', strength },
  } as const;
  return { job, answers: [answer(right ? 1 : 2)] };
}

function measure(model: string, outcomes: Outcome[]): Measurement {
  return toMeasurement({ model, backend: 'wasm', browser: 'chromium 1' }, outcomes);
}

/** Digits of one writer, who corrects the first. */
const corrected: Outcome = {
  job: { name: 'new-set', through: 'recognize', kind: 'learning', labels: ['1', '1', '1'], condition: null },
  answers: [
    [7, 0, false],
    [1, 1, false],
    [1, 1, true],
  ].map(([digit, corrections, rightWithout]) => ({
    ...(answer(digit as number) as Exclude<Answer, { error: string }>),
    learning: { writer: 'a', corrections: corrections as number, rightWithout: rightWithout as boolean },
  })),
};

const mnist = outcome(
  'MNIST test',
  [1, 2, 3, 4, 5],
  [answer(1), answer(7, 0.6, dot), answer(null), { error: 'lost' }, answer(6, 0.8, dot)],
);

test('shows the most confident mistakes first, and neither failures nor correct answers', () => {
  const mistakes = worstMistakes(measure('compact', [mnist]).digits);
  assert.deepEqual(
    mistakes.map(({ caption }) => caption),
    [
      ['5 read as 6', '80.0 %', 'MNIST test'],
      ['2 read as 7', '60.0 %', 'MNIST test'],
    ],
  );
  const { elements, words } = parse(drawContactSheet('Mistakes', mistakes));
  const pictures = elements.filter(({ name }) => name === 'image').map(({ attributes }) => attributes.href);
  assert.equal(pictures.length, 2);
  const { width, data } = decode(Buffer.from(pictures[0].split(',')[1], 'base64'));
  assert.deepEqual(
    [...data.keys()].filter((index) => data[index] === 0),
    [2 * width + 3],
  );
  assert.ok(words.includes('5 read as 6') && words.includes('80.0 %'));
});

test('shows rejected digits: first those with a correct best guess, the most confident first', () => {
  const refused = [
    answer(4, 0.9, blank, true),
    answer(1, 0.6, blank, true),
    answer(1, 0.8, blank, true),
    answer(1, 0.99),
    { error: 'lost' },
  ];
  const cells = worstRefusals(measure('compact', [outcome('digits', [1, 1, 1, 1, 1], refused)]).digits);
  assert.deepEqual(
    cells.map(({ caption }) => caption.slice(0, 2)),
    [
      ['1 read as 1', '80.0 %, rejected'],
      ['1 read as 1', '60.0 %, rejected'],
      ['1 read as 4', '90.0 %, rejected'],
    ],
  );
});

test('shows the pictures that are not read correctly as they were given, including numbers', () => {
  const shown = (reading: Answer) => ({ ...reading, thumbnail: 'data:,given' });
  const digits = outcome('digits', [1, 2, 3], [shown(answer(1)), shown(answer(7)), answer(8)]);
  const numbers: Outcome = {
    job: { name: 'numbers', through: 'numberFile', kind: 'numbers', labels: ['12', '34'], condition: null },
    answers: [shown({ ...answer(12), probabilities: [] }), shown({ ...answer(34), probabilities: [], refused: true })],
  };
  assert.deepEqual(misread(measure('compact', [digits, numbers])), [
    { src: 'data:,given', caption: ['2 read as 7', '90.0 %', 'digits'] },
    { src: 'data:,given', caption: ['34 read as 34', 'rejected', 'numbers'] },
  ]);
});

test('draws one line per model for each kind of condition', () => {
  const conditions = [0.1, 0.2].flatMap((strength) => [
    condition('distorted', 'blur', strength, true),
    condition('distorted', 'noise', strength, false),
  ]);
  const series = ['compact', 'reference'].map((name) => ({
    name,
    conditions: measure(name, conditions).conditions.map((each) => ({ ...each, share: each.guessed })),
  }));
  const svg = drawConditions('Distorted', series, 4);
  assert.equal(count(svg, 'path', 'series'), 4);
});

test('draws the effect of learning, by set and by number of earlier corrections', () => {
  const svg = drawLearned('compact', measure('compact', [corrected]).learning);
  assert.equal(count(svg, 'path', 'series'), 2);
  const { words } = parse(svg);
  for (const word of ['new-set', 'corrections before', 'without learning', 'with learning']) {
    assert.ok(words.includes(word), word);
  }
});

test('reads the training log, and draws it even with a single epoch', () => {
  const csv =
    'epoch,loss,a right,a accuracy,a log loss,b right,b accuracy,c refused\n' +
    '1,2.5,0.8,0.9,0.1,0.5,0.5,0.75\n2,0.5,0.97,0.99,0.05,0.9,1,0.5\n';
  const history = parseHistory(csv);
  assert.deepEqual(history.loss, [
    { epoch: 1, loss: 2.5 },
    { epoch: 2, loss: 0.5 },
  ]);
  const rows = (curves: typeof history.misread) =>
    curves.map(({ epoch, set, share }) => [epoch, set, share.toFixed(2)]);
  assert.deepEqual(rows(history.misread), [
    [1, 'a', '0.10'],
    [2, 'a', '0.01'],
    [1, 'b', '0.50'],
    [2, 'b', '0.00'],
  ]);
  assert.deepEqual(rows(history.notRight), [
    [1, 'a', '0.20'],
    [2, 'a', '0.03'],
    [1, 'b', '0.50'],
    [2, 'b', '0.10'],
  ]);
  assert.deepEqual(rows(history.refused), [
    [1, 'c', '0.75'],
    [2, 'c', '0.50'],
  ]);
  const svg = drawLearning('run', history);
  assert.equal(count(svg, 'path', 'curve'), 1 + 2 + 2 + 1);
  const { words } = parse(svg);
  assert.equal(words.filter((word) => word === 'a').length, 2);
  assert.ok(words.includes('c') && !words.includes('a log loss'));
  parse(drawLearning('run', parseHistory('epoch,loss,a accuracy\n1,2,1\n')));
  assert.throws(() => parseHistory('epoch,a accuracy\n1,2\n'), /no column "loss"/);
});

test('keeps images of the samples out of the results file', () => {
  const measurement = measure('compact', [mnist, outcome('shapes', null, [answer(1, 0.4, dot)])]);
  const text = toJson([measurement]);
  assert.doesNotMatch(text, /"image"/);
  assert.match(text, /"label":"2","guess":"7"/);
  assert.equal(measurement.nondigits[0].refused.share, 1);
  assert.equal(measurement.nondigits[0].comparisons[0].name, 'MNIST test');
});

/** Facts about both models with the given measurements, as the card expects them. */
function factsOf(outcomes: Outcome[]): ModelFacts[] {
  return catalog.map((facts) => ({
    ...facts,
    ...describeNetwork(readFileSync(join(models, facts.file))),
    runs: [facts.name],
    measuredBy,
    measurement: measure(facts.name, outcomes),
  }));
}

test('writes the measurements into the card, and states what was left out', () => {
  const blur = condition('distorted', 'blur', 2, true);
  const least = writeDocument(factsOf([mnist, blur]), 'npm run evaluate -- --card');
  assert.match(
    least,
    /\| `compact` \| digits \| right \| best guess \| rejected \| calibration error \|\n.*\n\| MNIST, test set \| 5 \| 20\.00 % \(3\.62–62\.45\) \| 20\.00 % \(3\.62–62\.45\) \| 0\.00 % /,
  );
  assert.match(
    least,
    /Left out, .*drawn digits \(`--strokes FILE`\).*\(`--strokes FILE without --quick`\), learning from corrections \(`--learning`\), drawings of other things \(`--nondigits FILE`\)/,
  );
  assert.doesNotMatch(least, /## Drawn in other ways|undefined|NaN/);

  const quick = writeDocument(factsOf([mnist]), 'npm run evaluate -- --card --quick');
  assert.match(quick, /Left out, .*distorted pictures \(`--card without --quick`\)/);
  assert.doesNotMatch(quick, /## Distorted pictures|undefined|NaN/);

  const whole = factsOf([
    mnist,
    outcome('new-set', [1, 1], [answer(1), answer(1)]),
    outcome('shapes', null, [answer(1, 0.4), answer(2, 0.9), answer(2, 0.3)]),
    corrected,
    blur,
    condition('redrawn', 'size', 10, false),
  ]);
  assert.deepEqual(missingSections(whole.map(({ measurement }) => measurement)), []);
  const card = writeDocument(whole, 'npm run evaluate -- --card --strokes new-set.jsonl');
  assert.match(card, /\| `new-set` \| 2 \| 100\.00 %/);
  assert.match(card, /rejected at the shipped threshold\*\* \| \*\*66\.67 % \(20\.77–93\.85\)\*\*/);
  assert.match(card, /\| `compact`, `new-set` \| 1 \| 3 \| 33\.33 % \| 66\.67 % \| 50\.00 % \| 100\.00 %/);
  assert.match(card, /\| size: units \| 10 \|\n.*\n\| `compact` \| 0\.00 % \|/);
  assert.match(card, /```sh\nnpm run evaluate -- --card --strokes new-set\.jsonl\n```/);
  assert.doesNotMatch(card, /Left out|undefined|NaN/);
});

test('writes the figures of training into the card: correct, best guess and rejected', () => {
  const facts = factsOf([mnist]).map((model) => ({
    ...model,
    figures: {
      'unipen-writers': { images: 200, right: 97, accuracy: 98.5, refused: 2, calibrationError: 0.713 },
      'a-new-set': { images: 4, right: 50, accuracy: 75, refused: 25, calibrationError: 3 },
    },
    nonDigits: { 'alphabets-validation': { images: 400, refused: 82.25 } },
    measuredBy: 'in a test',
  }));
  const card = writeDocument(facts, 'command');
  assert.match(card, /Measured by training, of the exported files \(`catalog\.json`\): in a test\./);
  assert.match(
    card,
    /\| UNIPEN, writers held out \| 200 \| 97\.00 % \(93\.61–98\.62\) \| 98\.50 % \(95\.68–99\.49\) \| 2\.00 % \(0\.78–5\.03\) \| 0\.71 % \|/,
  );
  assert.match(card, /\| `a-new-set` \| 4 \| 50\.00 %/);
  assert.match(card, /\| Omniglot, alphabets held out \| 400 \| 82\.25 % .*\| 82\.25 %/);
});

test('gives every set measured in training a name in prose', () => {
  const sets = catalog.flatMap(({ figures, nonDigits }) => [...Object.keys(figures), ...Object.keys(nonDigits)]);
  for (const set of sets) assert.ok(set in dataSets, set);
});

test("derives file names for figures from any data set's name", () => {
  assert.equal(slug('MNIST test'), 'mnist-test');
  assert.equal(slug('Ziffern (März)'), 'ziffern-m-rz-');
});

test('has a card that describes the shipped models, with exactly the figures that it shows', () => {
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

test('accepts --card with the files that it needs, for both models, with digits on the pad', () => {
  const options = parseOptions(['--card', '--strokes', 'a.jsonl', '--limit', '5'], '/here');
  assert.deepEqual(options.models, ['compact', 'reference']);
  assert.deepEqual(
    [options.mnist, options.robustness, options.calibration, options.through, options.limit],
    [true, true, true, 'pad', 5],
  );
  assert.equal(parseOptions(['--card', '--through', 'recognize'], '/here').through, 'recognize');
  assert.throws(() => parseOptions(['--card', '--model', 'compact'], '/here'), UsageError);
  assert.equal(parseOptions(['--card', '--quick'], '/here').robustness, false);
  assert.throws(() => parseOptions(['--mnist', '--quick'], '/here'), UsageError);
});
