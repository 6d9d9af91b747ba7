import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../../scripts/setup.js';

/** As strict as a user's project can be, and without Node's types or a framework's. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
};

/** The entry points' declaration files. */
const entries = Object.values(packageJson.exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : globSync(entry.types.slice(2), { cwd: root, absolute: true }),
);

const built = ts.createProgram(entries, options);
const declarations = built.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'dist/')));

/** The classes that the package declares. */
const classes = declarations.flatMap((file) => file.statements.filter(ts.isClassDeclaration));

/** What a module exports: for each name, the type that it declares, if any, and the type of its value, if any. */
function exportsOf(program: ts.Program, path: string): Map<string, ts.Type[]> {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, path))!)!;
  return new Map(
    checker.getExportsOfModule(module).map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const types = [
        ...(symbol.flags & ts.SymbolFlags.Type ? [checker.getDeclaredTypeOfSymbol(symbol)] : []),
        ...(symbol.flags & ts.SymbolFlags.Value ? [checker.getTypeOfSymbol(symbol)] : []),
      ];
      return [exported.name, types];
    }),
  );
}

/** Whether a member is declared by this package, and public. */
const isOwn = ({ declarations: all = [] }: ts.Symbol): boolean =>
  all.some((each) => {
    const { fileName } = each.getSourceFile();
    const hidden = ts.getCombinedModifierFlags(each) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
    return !hidden && fileName.startsWith(root) && !fileName.includes('/node_modules/');
  });

/** A type as text, and the public members of it that this package declares. */
function describeType(program: ts.Program, type: ts.Type): Record<string, string> {
  const checker = program.getTypeChecker();
  // `undefined` is printed for an optional parameter, but not for one with a default, which only the source has.
  const text = (each: ts.Type): string =>
    checker.typeToString(each, undefined, ts.TypeFormatFlags.NoTruncation).replaceAll(' | undefined', '');
  const members = type
    .getProperties()
    .filter((member) => isOwn(member) && !member.name.startsWith('#'))
    .map((member) => [member.name, text(checker.getTypeOfSymbol(member))] as const);
  return { 'the type': text(type), ...Object.fromEntries(members) };
}

describe('the type declarations', () => {
  test('have no errors in a strict project that checks its libraries, with all entry points', () => {
    assert.ok(entries.length >= 12, `${entries.length} entry points`);
    const errors = declarations.flatMap((file) => [
      ...built.getSyntacticDiagnostics(file),
      ...built.getSemanticDiagnostics(file),
    ]);
    assert.equal(ts.formatDiagnostics(errors, ts.createCompilerHost(options)), '');
  });

  test('describe all that the source exports, with all public members', () => {
    const { options: own } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, 'tsconfig.build.json'), (path) => ts.sys.readFile(path)).config,
      ts.sys,
      root,
    );
    const source = ts.createProgram([join(root, 'src/index.ts')], { ...own, noEmit: true });
    const published = exportsOf(built, 'dist/index.d.ts');
    const written = exportsOf(source, 'src/index.ts');
    assert.ok(published.size > 50);
    assert.deepEqual([...published.keys()].sort(), [...written.keys()].sort());
    for (const [name, types] of written) {
      const described = published.get(name)!.map((type) => describeType(built, type));
      assert.deepEqual(
        described,
        types.map((type) => describeType(source, type)),
        name,
      );
    }
  });

  test('describe no protected member except those of Lit, which mean the same in a subclass', () => {
    const updates = ['willUpdate', 'update', 'updated', 'firstUpdated', 'performUpdate', 'getUpdateComplete'];
    const inherited = new Set(['render', ...updates]);
    const own = classes
      .flatMap(({ name, members }) => members.map((member) => ({ member, owner: name?.text })))
      .filter(({ member }) => ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Protected)
      .map(({ member, owner }) => ({ owner, name: (member.name as ts.Identifier).text }))
      .filter(({ name }) => !inherited.has(name));
    assert.ok(classes.length > 10);
    assert.deepEqual(own, [], 'mark them @internal');
  });
});
