import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle } from '../../scripts/size/loaded.js';

const folders = async (code: string): Promise<string[]> => {
  const { modules } = await bundle(code);
  return [...new Set(modules.map((path) => path.split('/')[0]))].sort();
};

test('the pad alone brings no inference, no recognition and no imaging along', async () => {
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

test('recognize() alone brings no element along', async () => {
  const found = await folders("export { recognize } from 'digit-recognizer';");
  assert.ok(found.includes('inference') && found.includes('imaging'), found.join());
  for (const folder of ['elements', 'messages']) assert.ok(!found.includes(folder), folder);
});

test('importing without using anything brings nothing along', async () => {
  const { modules } = await bundle("import 'digit-recognizer';");
  assert.deepEqual(modules, []);
});
