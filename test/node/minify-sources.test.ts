import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collapseTemplates } from '../../scripts/build/minify-sources.js';

const collapse = (code: string): string => collapseTemplates(code)?.toString() ?? code;

test('line breaks and indentation of templates become single spaces', () => {
  assert.equal(collapse('html`\n  <p>\n    one ${two}\n    three\n  </p>\n`'), 'html` <p> one ${two} three </p> `');
  assert.equal(
    collapse('svg`<g\n    class=${name}\n    ${reference}\n    ?hidden=${hidden}\n  >\n  <path d=${path}\n  /></g>`'),
    'svg`<g class=${name} ${reference} ?hidden=${hidden}> <path d=${path} /></g>`',
  );
});

test('templates within expressions are collapsed, and the expressions are not', () => {
  assert.equal(
    collapse('html`<ol>\n  ${list.map(\n    (each) => html`<li>\n      ${each}</li>`,\n  )}\n</ol>`'),
    'html`<ol> ${list.map(\n    (each) => html`<li> ${each}</li>`,\n  )} </ol>`',
  );
});

for (const [what, code] of [
  ['spaces within a line', 'html`<b>one</b>  <i>two</i>`'],
  ["an attribute's value", 'html`<p title="one\n  two" class=\'${first}\n ${second}\'></p>`'],
  ['preformatted text', 'html`<pre>one\n  <b>two\n</b>\n</pre><textarea>\n\n</textarea>`'],
  ['a comment', 'html`<!-- one\n  > two -->`'],
  ['escaped line breaks', String.raw`html${'`'}<b>one\n  two</b>${'`'}`],
  ['other template literals', 'const text = `\n  <p>\n  </p>`; css`\n  p {}`; other.html`\n  <p>`'],
  ['what only looks like a template', '// html`\n//   <p>`\n"html`";\n/html`\\s/;'],
] as const) {
  test(`${what}: unchanged`, () => {
    assert.equal(collapse(code), code);
  });
}

test('text after preformatted text is collapsed', () => {
  assert.equal(collapse('html`<pre>\n one</pre>\n  <p>`'), 'html`<pre>\n one</pre> <p>`');
});
