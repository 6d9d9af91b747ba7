import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { transform, type Loader } from 'esbuild';
import { root } from '../../scripts/setup.js';

const folder = join(root, 'stories/pages');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};

interface Declaration {
  tagName?: string;
  attributes?: { name: string }[];
  cssParts?: { name: string }[];
  cssProperties?: { name: string }[];
}

const elements = (
  JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as { modules: { declarations: Declaration[] }[] }
).modules.flatMap(({ declarations }) => declarations);

/** The code blocks of a page, with their languages. */
const blocksOf = (text: string): { language: string; code: string }[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));

const isExported = (specifier: string): boolean => {
  const path = `.${specifier.slice('digit-recognizer'.length)}`;
  return Object.keys(exports).some((name) =>
    name.endsWith('*') ? path.startsWith(name.slice(0, -1)) && path !== name.slice(0, -2) : name === path,
  );
};

/** Attributes that any element may have. */
const global = /^(id|class|slot|lang|dir|hidden|on[\w-]+|v-[\w-]+|@[\w-]+|\([\w-]+\)|#\w+)$/;

/** The value of an attribute: text, or a framework's expression in braces, possibly nested. */
const attributeValue = /"[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\}/;
const tags = new RegExp(`<(digit-[\\w-]+)((?:${attributeValue.source}|[^>"{])*)>`, 'g');

for (const name of readdirSync(folder).filter((each) => each.endsWith('.mdx'))) {
  const text = readFileSync(join(folder, name), 'utf8');
  const blocks = blocksOf(text);

  describe(`the page ${name}`, () => {
    test('imports only what the package exports', () => {
      const specifiers = [...text.matchAll(/'(digit-recognizer(?:\/[\w./-]+)?)'/g)]
        .map(([, specifier]) => specifier)
        .filter((specifier) => !specifier.endsWith('.js'));
      assert.deepEqual(
        specifiers.filter((specifier) => !isExported(specifier)),
        [],
      );
    });

    test('contains only code that can be parsed', async () => {
      for (const { language, code } of blocks) {
        if (!['js', 'jsx', 'ts', 'css', 'json'].includes(language)) continue;
        await transform(code, { loader: language as Loader });
      }
    });

    test('uses only existing attributes, parts and custom properties', () => {
      for (const { code } of blocks) {
        for (const [, tag, attributes] of code.matchAll(tags)) {
          const element = elements.find(({ tagName }) => tagName === tag);
          assert.ok(element, tag);
          const known = element.attributes?.map((attribute) => attribute.name) ?? [];
          for (const [attribute] of attributes.replaceAll(new RegExp(attributeValue, 'g'), '').matchAll(/[^\s=/]+/g)) {
            assert.ok(known.includes(attribute) || global.test(attribute), `<${tag} ${attribute}>`);
          }
        }
      }
      const properties = elements.flatMap(({ cssProperties = [] }) => cssProperties.map((each) => each.name));
      for (const [property] of text.matchAll(/--digit-[\w-]+/g)) assert.ok(properties.includes(property), property);
      const parts = elements.flatMap(({ cssParts = [] }) => cssParts.map((each) => each.name));
      for (const [, part] of text.matchAll(/::part\(([\w-]+)\)/g)) assert.ok(parts.includes(part), part);
    });
  });
}

test('the demo counts the mistakes that the model card shows', () => {
  const { models } = JSON.parse(readFileSync(join(root, 'models/catalog.json'), 'utf8')) as {
    models: { name: string; figures: Record<string, { images: number; errors: number }> }[];
  };
  const { figures } = models.find(({ name }) => name === 'compact')!;
  const sets = ['mnist-test', 'finger-digits-dev', 'handdrawn-digits-dev', 'crohme-digits-dev'].map(
    (set) => figures[set],
  );
  const images = sets.reduce((sum, set) => sum + set.images, 0).toLocaleString('en');
  const errors = sets.reduce((sum, set) => sum + set.errors, 0);
  const sheet = readFileSync(join(root, 'models/figures/compact-mistakes.svg'), 'utf8');
  const [, all, worst, total] = /: (?:all (\d+)|the worst (\d+) of (\d+)) mistakes/.exec(sheet)!;
  const demo = readFileSync(join(root, 'demo/index.html'), 'utf8').replace(/\s+/g, ' ');
  assert.equal(Number(all ?? total), errors);
  assert.ok(demo.includes(`${errors} of ${images} digits`));
  assert.ok(demo.includes(`alt="${all ?? worst} digits`));
});
