import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from '../../scripts/setup.js';

/** The modules of the package in a consumer's bundle, including those imported on use. */
async function bundledModules(code: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: { 'digit-recognizer': join(root, 'dist') },
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  return Object.entries(inputs)
    .filter(([path, { bytesInOutput }]) => path.startsWith('dist/') && bytesInOutput > 0)
    .map(([path]) => path.slice('dist/'.length));
}

const folders = async (code: string): Promise<string[]> => {
  const modules = await bundledModules(code);
  return [...new Set(modules.map((path) => path.split('/')[0]))].sort();
};

test('the pad alone includes no inference, no recognition and no imaging', async () => {
  for (const code of [
    "import 'digit-recognizer/define/digit-pad.js';",
    "import { DigitPad } from 'digit-recognizer'; customElements.define('my-pad', DigitPad);",
  ]) {
    const found = await folders(code);
    assert.ok(found.includes('elements') && found.includes('drawing'), found.join());
    for (const folder of ['inference', 'recognition', 'imaging'])
      assert.ok(!found.includes(folder), `${folder}: ${code}`);
  }
});

test('recognize() alone includes no element', async () => {
  const found = await folders("export { recognize } from 'digit-recognizer';");
  assert.ok(found.includes('inference') && found.includes('imaging'), found.join());
  for (const folder of ['elements', 'messages']) assert.ok(!found.includes(folder), folder);
});

test('importing without using anything includes nothing', async () => {
  assert.deepEqual(await bundledModules("import 'digit-recognizer';"), []);
});

/** What a consumer's bundle loads immediately, and what it loads on use. */
async function splitModules(code: string): Promise<{ first: string[]; later: string[] }> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: { 'digit-recognizer': join(root, 'dist') },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    outdir: 'results/bundle',
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  const inputs = (path: string): string[] =>
    Object.entries(metafile.outputs[path].inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input);
  const files = (path: string): string[] => [
    ...inputs(path),
    ...metafile.outputs[path].imports
      .filter(({ kind }) => kind === 'import-statement')
      .flatMap((each) => files(each.path)),
  ];
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === '<stdin>')!;
  const first = files(entry);
  return {
    first,
    later: Object.keys(metafile.outputs)
      .flatMap(inputs)
      .filter((input) => !first.includes(input)),
  };
}

for (const [code, parts] of [
  [
    "import 'digit-recognizer/define.js';",
    [/^dist\/learning\//, /normalize-pixels/, /segment-/, /best-runs/, /load-blob/, /preview-views/],
  ],
  ["export { recognize } from 'digit-recognizer';", [/normalize-pixels/, /load-blob/]],
] as const)
  test(`code that a first digit does not need is loaded on use: ${code}`, async () => {
    const { first, later } = await splitModules(code);
    for (const part of parts) {
      assert.deepEqual(
        first.filter((path) => part.test(path)),
        [],
      );
      assert.ok(
        later.some((path) => part.test(path)),
        String(part),
      );
    }
  });
