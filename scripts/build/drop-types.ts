/** Leaves out of the package what TypeScript declares of modules that no entry point exposes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** A name that a declaration file exports, and the file that it comes from. */
interface Reexport {
  readonly name: string;
  readonly original: string;
  readonly isType: boolean;
  readonly from: string;
}

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);

/** Returns what an index exports; null for a file with other statements. */
function reexportsOf(file: ts.SourceFile): Reexport[] | null {
  const found: Reexport[] = [];
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return null;
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return null;
    for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements) {
      found.push({
        name: name.text,
        original: (propertyName ?? name).text,
        isType: isTypeOnly || statement.isTypeOnly,
        from: (statement.moduleSpecifier as ts.StringLiteral).text,
      });
    }
  }
  return found;
}

/** Returns the names that a file imports or exports from another one; null for all of them. */
function namesFrom(file: ts.SourceFile, specifier: string): readonly string[] | null {
  const names: string[] = [];
  for (const statement of file.statements) {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) continue;
    if ((statement.moduleSpecifier as ts.StringLiteral | undefined)?.text !== specifier) continue;
    const bindings = isImport ? statement.importClause?.namedBindings : statement.exportClause;
    if (!bindings || !('elements' in bindings)) return null;
    names.push(...bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text));
  }
  // In a type, such as `import('./other.js').Name`.
  return names.length > 0 ? names : null;
}

/**
 * Deletes the declaration files that those of the entry points do not need, directly or not. Folders' indexes export what
 * other folders of the source use: in the package, only what declarations use.
 *
 * @param folder of the package
 * @param entries glob patterns of the entry points' declaration files, relative to the folder
 */
export function dropUnreachableTypes(folder: string, entries: readonly string[]): void {
  const reachable = new Set<string>();
  const used = new Map<string, Set<string>>();
  const reach = (path: string, names: readonly string[] | null): void => {
    const file = parse(path);
    const index = path.endsWith('/index.d.ts') && names ? reexportsOf(file) : null;
    if (index && names) {
      const known = used.get(path) ?? new Set<string>();
      used.set(path, known);
      for (const { name, original, from } of index) {
        if (!names.includes(name) || known.has(name)) continue;
        known.add(name);
        reach(pathOf(path, from), [original]);
      }
      return;
    }
    if (reachable.has(path)) return;
    reachable.add(path);
    for (const { fileName } of ts.preProcessFile(file.text).importedFiles) {
      if (fileName.startsWith('.')) reach(pathOf(path, fileName), namesFrom(file, fileName));
    }
  };
  const pathOf = (from: string, specifier: string): string =>
    resolve(dirname(from), specifier.replace(/\.js$/, '.d.ts'));
  for (const path of globSync(entries, { cwd: folder, absolute: true })) reach(resolve(path), null);
  for (const path of globSync('dist/**/*.d.ts', { cwd: folder, absolute: true }).map((each) => resolve(each))) {
    const names = used.get(path);
    if (reachable.has(path)) continue;
    if (names) writeFileSync(path, exportsOf(reexportsOf(parse(path))!.filter(({ name }) => names.has(name))));
    else rmSync(path);
  }
}

function exportsOf(reexports: readonly Reexport[]): string {
  return reexports
    .map(({ name, original, isType, from }) => {
      const renamed = name === original ? name : `${original} as ${name}`;
      return `export ${isType ? 'type ' : ''}{ ${renamed} } from '${from}';\n`;
    })
    .join('');
}
