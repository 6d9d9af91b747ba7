import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/setup.js';

const dist = join(root, 'dist');

/** Modules that register tags. */
const onlyInBrowsers = /^(define|cdn)(\/|\.js$)/;

const modules = (readdirSync(dist, { recursive: true }) as string[])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.js') && !onlyInBrowsers.test(path));

test('every module except those that register tags can be imported in plain Node, without changing globals', () => {
  assert.ok(modules.length > 30, `only ${modules.length} modules found in ${relative(root, dist)}`);
  const urls = modules.map((path) => pathToFileURL(join(dist, path)).href);
  const program = `
    const before = Object.getOwnPropertyNames(globalThis);
    for (const url of ${JSON.stringify(urls)}) await import(url);
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    // Globals of Lit itself: its versions, and in Node a registry for rendering.
    const own = added.filter((name) => !/^(lit|reactiveElement|customElements$)/.test(name));
    console.log(JSON.stringify(own));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(output), []);
});

test('the package provides its exports in Node', async () => {
  const program = `
    const { recognize, InferenceService, DigitRecognizer } = await import('digit-recognizer');
    console.log(typeof recognize, typeof InferenceService, typeof DigitRecognizer);
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(output.trim(), 'function function function');
});

test('the package says in Node what is missing there', async () => {
  const program = `
    const { InferenceService } = await import('digit-recognizer');
    const failureOf = async (options) => {
      try {
        await new InferenceService(options).ready;
      } catch ({ code, message }) {
        return code + ': ' + message;
      }
    };
    console.log(await failureOf({ model: './mine.onnx' }));
    console.log(await failureOf({ backend: 'webgpu' }));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  const [model, backend] = output.split('\n');
  assert.match(model, /^invalid-input: .*"\.\/mine\.onnx".* absolute URL/);
  assert.match(backend, /^webgpu-unavailable: WebGPU is not available: there is none here/);
});

test('no Node process stays alive after reading', () => {
  const program = `const { recognize } = await import('digit-recognizer'); console.log((await recognize([])).reason);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    // Engines are kept for 30 seconds.
    timeout: 25_000,
  });
  assert.equal(output.trim(), 'blank');
});
