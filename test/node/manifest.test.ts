import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
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

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const names = (all: readonly Named[] | undefined): string[] => sorted((all ?? []).map(({ name }) => name));

/** The events of each tag, as declared in the types for frameworks. */
function typedEvents(): Map<string, string[]> {
  const file = join(root, 'dist/element-types.d.ts');
  const program = ts.createProgram([file], { moduleResolution: ts.ModuleResolutionKind.Bundler, noLib: true });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const events = checker.getExportsOfModule(module).find(({ name }) => name === 'ElementEvents')!;
  return new Map(
    checker
      .getDeclaredTypeOfSymbol(events)
      .getProperties()
      .map((tag) => [
        tag.name,
        sorted(
          checker
            .getTypeOfSymbol(tag)
            .getProperties()
            .map(({ name }) => name),
        ),
      ]),
  );
}

const eventTypes = typedEvents();

for (const declaration of declarations) {
  const tag = declaration.tagName!;

  describe(`the manifest's <${tag}>`, () => {
    test('has every attribute that the element observes, and no other', async () => {
      await renderMarkup(`<${tag}></${tag}>`);
      const { observedAttributes } = customElements.get(tag) as unknown as { observedAttributes: string[] };
      assert.deepEqual(names(declaration.attributes), sorted(observedAttributes));
    });

    test('is rendered on a server with any of its attributes', async () => {
      for (const { name } of declaration.attributes ?? []) {
        for (const attribute of [name, `${name}="x"`]) {
          assert.match(await renderMarkup(`<${tag} ${attribute}></${tag}>`), / part="/, attribute);
        }
      }
    });

    test('has every part that is rendered initially', async () => {
      const markup = await renderMarkup(`<${tag}></${tag}>`);
      const parts = [...markup.matchAll(/ part="([^"]*)"/g)].flatMap(([, value]) => value.split(/\s+/)).filter(Boolean);
      // Nested elements have parts of their own.
      const known = declarations.flatMap(({ cssParts = [] }) => cssParts.map(({ name }) => name));
      assert.ok(parts.length > 0);
      assert.deepEqual(
        parts.filter((part) => !known.includes(part)),
        [],
      );
    });

    test('has the events of the types for frameworks', () => {
      const documented = names(declaration.events).filter((name) => name.startsWith('digit-'));
      assert.deepEqual(eventTypes.get(tag) ?? [], documented);
    });

    test('has a description for every member', () => {
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

test('every tag has a story, and every public name of the package is in the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const { tagName, attributes, events, members } of declarations) {
    assert.ok(existsSync(join(root, `stories/${tagName}.stories.ts`)), `${tagName} has stories`);
    for (const name of [...names(attributes), ...names(events)]) {
      assert.ok(readme.includes(`\`${name}\``), `${tagName}: ${name} is in the README`);
    }
    for (const { name } of (members ?? []).filter(({ kind }) => kind === 'method')) {
      assert.ok(readme.includes(`\`${name}(`), `${tagName}: ${name}() is in the README`);
    }
  }
});
