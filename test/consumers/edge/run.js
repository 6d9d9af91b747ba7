import { EdgeVM } from '@edge-runtime/vm';
import { build } from 'esbuild';
import assert from 'node:assert/strict';

for (const condition of ['edge-light', 'workerd', 'worker']) {
  const { outputFiles } = await build({
    entryPoints: ['function.js'],
    bundle: true,
    write: false,
    // Whatever is imported is kept, as by a development server.
    treeShaking: false,
    ignoreAnnotations: true,
    conditions: [condition],
    define: { 'import.meta.url': '"https://example.com/function.js"' },
  });
  const vm = new EdgeVM();
  vm.evaluate(outputFiles[0].text);
  const answer = JSON.parse(await vm.evaluate('answer.then(JSON.stringify)'));
  const tag = '<digit-recognizer name="digit"></digit-recognizer>';
  assert.deepEqual(answer, { digit: null, reason: 'blank', tag, dom: [] }, condition);
}
