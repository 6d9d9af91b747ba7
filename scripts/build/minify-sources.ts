/** Minifies what no JavaScript minifier looks into: the style sheets and templates of the elements. */
import { readFile } from 'node:fs/promises';
import { transform, type Plugin as EsbuildPlugin } from 'esbuild';
import MagicString from 'magic-string';
import { Tokenizer, type Token } from 'parse5';
import ts from 'typescript';
import type { Plugin } from 'vite';

/** The text of a style sheet in a module: without expressions, as all of them are. */
const styleSheet = /(?<=\bcss(?: \*\/ )?)`((?:[^`$\\]|\$(?!\{))*)`/g;

/** A module of styles with its style sheets minified. */
async function minifyStyleSheets(code: string): Promise<string> {
  const sheets = [...code.matchAll(styleSheet)].map(([, sheet]) => sheet);
  const minified = await Promise.all(sheets.map((sheet) => transform(sheet, { loader: 'css', minify: true })));
  return code.replace(styleSheet, () => `\`${minified.shift()!.code.trimEnd()}\``);
}

/** Elements whose text is not collapsed when it is rendered. */
const verbatim = new Set(['pre', 'textarea', 'script', 'style']);

type Range = readonly [start: number, end: number];

/** Finds the parts of markup that may have white space between tags, words and attributes: not attributes' values. */
function findSeparators(markup: string): Range[] {
  const found: Range[] = [];
  let verbatimDepth = 0;
  const tag = ({ location }: Token.TagToken): void => {
    let start = location!.startOffset;
    for (const { startOffset, endOffset } of Object.values(location!.attrs ?? {})) {
      found.push([start, startOffset]);
      start = endOffset;
    }
    found.push([start, location!.endOffset]);
  };
  const ignore = (): void => {};
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        tag(token);
        if (verbatim.has(token.tagName)) verbatimDepth += 1;
      },
      onEndTag(token) {
        if (verbatim.has(token.tagName)) verbatimDepth -= 1;
      },
      onWhitespaceCharacter({ location }) {
        if (verbatimDepth === 0) found.push([location!.startOffset, location!.endOffset]);
      },
      onCharacter: ignore,
      onNullCharacter: ignore,
      onComment: ignore,
      onDoctype: ignore,
      onEof: ignore,
    },
  );
  tokenizer.write(markup, true);
  return found;
}

/** Stands for an expression of a template. */
const EXPRESSION = '\uE000';

/** The parts of a template between its expressions, as positions in the code. */
function partsOf(template: ts.TemplateLiteral, file: ts.SourceFile): Range[] {
  const literals = ts.isTemplateExpression(template)
    ? [template.head, ...template.templateSpans.map(({ literal }) => literal)]
    : [template];
  return literals.map((literal) => {
    const end = ts.isTemplateHead(literal) || ts.isTemplateMiddle(literal) ? '${' : '`';
    return [literal.getStart(file) + 1, literal.getEnd() - end.length];
  });
}

/**
 * Replaces line breaks and indentation in Lit's templates by single spaces, which HTML renders alike. `<pre>` and the
 * values of attributes keep theirs.
 *
 * Server and browser must have the same templates: Lit compares their texts when it hydrates.
 * @param code in TypeScript
 * @returns null if there is nothing to replace
 */
export function collapseTemplates(code: string): MagicString | null {
  if (!/\b(html|svg)`/.test(code)) return null;
  const collapsed = new MagicString(code);
  const file = ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest);
  const collapse = (template: ts.TemplateLiteral): void => {
    const parts = partsOf(template, file);
    const markup = parts.map(([start, end]) => code.slice(start, end)).join(EXPRESSION);
    let [offset, part] = [0, 0];
    /** The position in the code of one in the markup. Positions are asked for in ascending order. */
    const position = (index: number): number => {
      while (index > offset + parts[part][1] - parts[part][0]) {
        offset += parts[part][1] - parts[part][0] + EXPRESSION.length;
        part += 1;
      }
      return parts[part][0] + index - offset;
    };
    for (const [start, end] of findSeparators(markup)) {
      for (const { 0: space, 1: tagEnd, index } of markup.slice(start, end).matchAll(/\s*\n\s*(>?)/g))
        collapsed.overwrite(position(start + index), position(start + index + space.length), tagEnd || ' ');
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && /^(html|svg)$/.test(node.tag.text))
      collapse(node.template);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return collapsed.hasChanged() ? collapsed : null;
}

/** Modules with style sheets or templates. */
const minified = /\/src\/elements\/.*\.ts$/;

const minifySource = async (code: string, path: string): Promise<string | null> =>
  path.endsWith('.styles.ts') ? minifyStyleSheets(code) : (collapseTemplates(code)?.toString() ?? null);

/** Minifies style sheets and templates. */
export function minifySources(): Plugin {
  return {
    name: 'minify-sources',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: minified },
      async handler(code, id) {
        const source = await minifySource(code, id);
        return source === null ? null : { code: source, map: null };
      },
    },
  };
}

/** The same for what esbuild bundles. */
export const minifySourcesInEsbuild: EsbuildPlugin = {
  name: 'minify-sources',
  setup: (build) =>
    build.onLoad({ filter: minified }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      return { contents: (await minifySource(code, path)) ?? code, loader: 'ts' };
    }),
};
