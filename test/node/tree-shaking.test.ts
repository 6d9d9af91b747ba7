import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleConsumer } from '../../scripts/size/bundle-consumer.js';

/** The modules of the package in a consumer's bundle: those that it loads at once, and those imported on use. */
async function bundledModules(code: string, splitting: boolean): Promise<{ first: string[]; later: string[] }> {
  const { outputs, loaded } = await bundleConsumer(code, { splitting });
  const modulesOf = (paths: readonly string[]): string[] =>
    paths
      .flatMap((path) => Object.entries(outputs[path].inputs))
      .filter(([input, { bytesInOutput }]) => input.startsWith('dist/') && bytesInOutput > 0)
      .map(([input]) => input.slice('dist/'.length));
  const first = modulesOf([...loaded]);
  return { first, later: modulesOf(Object.keys(outputs)).filter((module) => !first.includes(module)) };
}

const folders = async (code: string): Promise<string[]> => {
  const { first } = await bundledModules(code, false);
  return [...new Set(first.map((path) => path.split('/')[0]))].sort();
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
  assert.deepEqual(await bundledModules("import 'digit-recognizer';", false), { first: [], later: [] });
});

for (const [code, parts] of [
  [
    "import 'digit-recognizer/define.js';",
    [/^learning\//, /normalize-pixels/, /segment-/, /best-runs/, /load-blob/, /preview-views/],
  ],
  ["export { recognize } from 'digit-recognizer';", [/normalize-pixels/, /load-blob/]],
] as const)
  test(`code that a first digit does not need is loaded on use: ${code}`, async () => {
    const { first, later } = await bundledModules(code, true);
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
