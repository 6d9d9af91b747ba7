import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { root } from '../../scripts/setup.js';
import { en } from '../../src/messages/en.js';

const keys = Object.keys(en);

/** The members of `Messages` that the elements read, as the compiler resolves them. */
function readMessages(): Set<string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = globSync('src/elements/**/*.ts', { cwd: root, absolute: true });
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const read = new Set<string>();
  const add = (owner: ts.Node, names: readonly string[]): void => {
    const type = checker.getTypeAtLocation(owner);
    for (const name of names) {
      const declaration = type.getProperty(name)?.declarations?.[0];
      if (declaration?.getSourceFile().fileName.endsWith('/messages/messages.ts')) read.add(name);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && keys.includes(node.name.text)) add(node.expression, [node.name.text]);
    if (ts.isElementAccessExpression(node)) {
      const type = checker.getTypeAtLocation(node.argumentExpression);
      const literals = type.isUnion() ? type.types : [type];
      add(
        node.expression,
        literals.flatMap((each) => (each.isStringLiteral() ? [each.value] : [])),
      );
    }
    if (ts.isObjectBindingPattern(node)) {
      add(
        node,
        node.elements.map(({ propertyName, name }) => (propertyName ?? name).getText()),
      );
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(program.getSourceFile(file)!);
  return read;
}

test('every message of the tables is used', () => {
  const read = readMessages();
  assert.deepEqual(
    keys.filter((key) => !read.has(key)),
    [],
  );
});
