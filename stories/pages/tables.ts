/** Tables for the pages, in Markdown, from what the package says of itself. */
import { elements, type ElementDeclaration } from '../../.storybook/manifest.js';
import { models } from '../../models/catalog.json';

/** A table in Markdown, which MDX does not know by itself. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const tag = ({ tagName }: ElementDeclaration): string => `\`<${tagName}>\``;

/** Every custom property once, with the elements that know it, as `<digit-recognizer>` describes it if it does. */
export function customProperties(): string {
  const names = [...new Set(elements.flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)))];
  const rows = names.sort().map((name) => {
    const knowing = elements.filter(({ cssProperties = [] }) => cssProperties.some((each) => each.name === name));
    const { cssProperties = [] } = knowing.find(({ tagName }) => tagName === 'digit-recognizer') ?? knowing[0];
    const { description = '', default: initial } = cssProperties.find((each) => each.name === name)!;
    return [`\`${name}\``, description, initial ? `\`${initial}\`` : 'light and dark', knowing.map(tag).join(', ')];
  });
  return table(['property', 'what it is', 'default', 'elements'], rows);
}

/** Every part of every element. */
export function parts(): string {
  return table(
    ['element', 'part', 'what it is'],
    elements.flatMap((element) =>
      (element.cssParts ?? []).map(({ name, description = '' }) => [tag(element), `\`${name}\``, description]),
    ),
  );
}

/** Every state of every element. */
export function states(): string {
  return table(
    ['element', 'state', 'when'],
    elements.flatMap((element) =>
      (element.cssStates ?? []).map(({ name, description = '' }) => [tag(element), `\`:state(${name})\``, description]),
    ),
  );
}

const count = (value: number): string => value.toLocaleString('en');
const row = (name: string, value: (model: (typeof models)[0]) => string): string[] => [name, ...models.map(value)];

/** What each model is. */
export function modelTable(): string {
  return table(
    ['', ...models.map(({ name }) => `\`${name}\``)],
    [
      row('parameters', ({ parameters }) => count(parameters)),
      row('ONNX file, in bytes', ({ bytes }) => count(bytes)),
      row('WebAssembly program, in bytes', ({ programs }) => count(programs.wasm.bytes)),
      row('WebGPU program, in bytes', ({ programs }) => count(programs.webgpu.bytes)),
      row('calibration error on the MNIST test set', ({ figures }) => `${figures['mnist-test'].calibrationError} %`),
    ],
  );
}

const percent = (share: number): string => `${share.toFixed(2)} %`;

/** Digits that neither trained nor chose a model, and who wrote them. */
const measuredSets = [
  ['mnist-test', 'MNIST, test set'],
  ['finger-digits-dev', 'by finger, 4 people'],
  ['handdrawn-digits-dev', 'once each by 55 people'],
  ['crohme-digits-dev', 'in formulas, 456 people'],
] as const;

/** How well each model reads them. */
export function accuracyTable(): string {
  return table(
    ['digits', 'model', 'right', 'best guess', 'rejected'],
    measuredSets.flatMap(([set, written]) =>
      models.map(({ name, figures }) => {
        const { images, right, accuracy, refused } = figures[set];
        return [`${written} (${count(images)})`, `\`${name}\``, ...[right, accuracy, refused].map(percent)];
      }),
    ),
  );
}

const nonDigitSets = [
  ['letters-measured-donor', 'letters and symbols'],
  ['alphabets-validation', 'characters of other alphabets'],
  ['drawings-validation', 'scribbles, shapes and pieces of digits'],
] as const;

/** How many non-digits each model rejects. */
export function rejectionTable(): string {
  return table(
    ['', ...models.map(({ name }) => `\`${name}\``)],
    nonDigitSets.map(([set, name]) => [
      `${name} (${count(models[0].nonDigits[set].images)})`,
      ...models.map(({ nonDigits }) => percent(nonDigits[set].refused)),
    ]),
  );
}
