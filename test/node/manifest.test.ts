import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/setup.js';
import { renderMarkup } from '../support/server-render.js';

interface Named {
  readonly name: string;
  readonly description?: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly (Named & { readonly default?: string; readonly type?: { text: string } })[];
  readonly members?: readonly (Named & { readonly kind: string })[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
  modules: { declarations?: Declaration[] }[];
};
const declarations = modules.flatMap(({ declarations: all }) => all ?? []).filter(({ tagName }) => tagName);

const folder = join(root, 'src/elements');
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const names = (all: readonly Named[] | undefined): string[] => sorted((all ?? []).map(({ name }) => name));
const found = (code: string, pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1]);

for (const declaration of declarations) {
  const tag = declaration.tagName!;
  const code = readdirSync(join(folder, tag))
    .map((name) => read(join(tag, name)))
    .join('\n');

  describe(`the manifest's <${tag}>`, () => {
    test('has every part that is rendered, and no other', () => {
      const parts = found(code, /\bpart="([^"]+)"/g)
        .flatMap((value) =>
          value.replace(/\$\{[^}]*\}/g, (inner) => found(inner, /'([\w-]+)'/g).join(' ')).split(/\s+/),
        )
        .filter((part) => part !== '');
      assert.deepEqual(names(declaration.cssParts), sorted(parts));
    });

    test('has every attribute that the element observes, and no other', async () => {
      await renderMarkup(`<${tag}></${tag}>`);
      const { observedAttributes } = customElements.get(tag) as unknown as { observedAttributes: string[] };
      assert.deepEqual(names(declaration.attributes), sorted(observedAttributes));
    });

    test('has every part that is there before anything is drawn', async () => {
      const markup = await renderMarkup(`<${tag}></${tag}>`);
      const parts = [...markup.matchAll(/ part="([^"]*)"/g)].flatMap(([, value]) => value.split(/\s+/)).filter(Boolean);
      // Inside of an element are others, whose parts are theirs.
      const known = declarations.flatMap(({ cssParts = [] }) => cssParts.map(({ name }) => name));
      assert.ok(parts.length > 0);
      assert.deepEqual(
        parts.filter((part) => !known.includes(part)),
        [],
      );
    });

    test('has every slot', () => {
      const slots = found(code, /<slot name="([\w-]+)"/g);
      const documented = names(declaration.slots);
      for (const slot of slots) assert.ok(documented.includes(slot), slot);
    });

    test('has every state, and no other', () => {
      const states = found(code, /setState\([\w.#]+, '([\w-]+)'/g);
      const listed = found(code, /for \(const each of \[([^\]]+)\] as const\) setState/g).flatMap((list) =>
        found(list, /'([\w-]+)'/g),
      );
      assert.deepEqual(names(declaration.cssStates), sorted([...states, ...listed]));
    });

    test('has every custom property of its own styles', () => {
      const documented = names(declaration.cssProperties);
      for (const property of sorted(found(code, /var\((--digit-[\w-]+)/g))) {
        assert.ok(documented.includes(property), property);
      }
    });

    test('has every event that it fires', () => {
      const classes = sorted(found(code, /new (\w+Event)\(/g)).filter((name) => !/^(Event|ContextEvent)$/.test(name));
      const types = readdirSync(join(folder, 'events'))
        .map((name) => read(join('events', name)))
        .flatMap((text) =>
          classes.filter((name) => text.includes(`class ${name} `)).map(() => found(text, /type = '([\w-]+)'/g)[0]),
        );
      const documented = names(declaration.events);
      for (const type of types) assert.ok(documented.includes(type), type);
    });

    test('has the events that the types for frameworks have', () => {
      const types = readFileSync(join(root, 'src/element-types.ts'), 'utf8').split('interface ElementEvents')[1];
      const own = new RegExp(`'${tag}': \\{([^}]*)\\}`).exec(types)?.[1] ?? '';
      const documented = names(declaration.events).filter((name) => name.startsWith('digit-'));
      assert.deepEqual(sorted(found(own, /'([\w-]+)':/g)), documented);
    });

    test('describes all of it', () => {
      const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = declaration;
      for (const list of [attributes, members, events, slots, cssParts, cssProperties, cssStates]) {
        for (const { name, description } of list ?? []) assert.ok(description, name || 'the slot without a name');
      }
      for (const { name, type, default: value } of attributes ?? []) {
        assert.ok(type?.text, `${name} has a type`);
        assert.notEqual(value, undefined, `${name} has a default`);
      }
    });
  });
}

test('every part of what a recognizer brings along can be styled from outside of it', () => {
  const recognizer = read('digit-recognizer/digit-recognizer.ts');
  const exported = found(recognizer, /exportparts="([^"]+)"/g).flatMap((list) => list.split(/,\s*/));
  for (const { tagName, cssParts } of declarations) {
    if (tagName === 'digit-recognizer') continue;
    for (const { name } of cssParts ?? []) assert.ok(exported.includes(name), `${tagName}: ${name}`);
  }
});

test('every tag has a story, and every public name of the package is in the README or the Storybook', () => {
  const stories = readdirSync(join(root, 'stories'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mdx)$/.test(name))
    .map((name) => readFileSync(join(root, 'stories', name), 'utf8'))
    .join('\n');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const { tagName, attributes, events, members } of declarations) {
    assert.ok(stories.includes(`title: '${tagName}'`), `${tagName} has stories`);
    for (const name of [...names(attributes), ...names(events)]) {
      assert.ok(readme.includes(`\`${name}\``), `${tagName}: ${name} is in the README`);
    }
    for (const { name } of (members ?? []).filter(({ kind }) => kind === 'method')) {
      assert.ok(readme.includes(`\`${name}(`), `${tagName}: ${name}() is in the README`);
    }
  }
});
