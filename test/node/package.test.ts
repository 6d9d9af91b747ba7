import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPreloadList, type PreloadList } from '../../scripts/build/preload-list.js';
import { root } from '../../scripts/setup.js';
import { catalog, type ModelName } from '../../src/model/catalog.js';
import { crc32 } from '../../src/inference/files/crc32.js';
import { wasmPrograms } from '../../src/inference/engines/wasm/wasm-programs.js';

const read = (path: string): Buffer => readFileSync(join(root, path));

const [{ files, size }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
) as [{ files: { path: string }[]; size: number }];
const packed = files.map(({ path }) => path);

test('the package contains all of its exports, and nothing unnecessary', () => {
  const { exports, customElements } = JSON.parse(read('package.json').toString()) as {
    exports: Record<string, string | Record<string, string>>;
    customElements: string;
  };
  const named = Object.values(exports)
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .filter((path) => !path.includes('*'))
    .map((path) => path.replace(/^\.\//, ''));
  for (const path of [
    ...named,
    customElements,
    'README.md',
    'LICENSE',
    'THIRD_PARTY_NOTICES.md',
    'dist/define/digit-pad.js',
  ]) {
    assert.ok(packed.includes(path), `${path} is missing`);
  }
  const strangers = packed.filter((path) => !/^(dist\/|models\/[\w.-]+\.(json|md)$|[\w.-]+$)/.test(path));
  assert.deepEqual(strangers, []);
});

test('the catalog matches the shipped models', () => {
  const entries = Object.entries(catalog);
  assert.deepEqual(
    entries.map(([name]) => name),
    ['compact', 'reference'],
  );
  const files = entries.flatMap(([, { webgpuProgram, ...model }]) => [
    { folder: 'models', ...model },
    { folder: 'models/compiled', ...webgpuProgram },
  ]);
  const digest = (path: string) => createHash('sha256').update(read(path)).digest('hex');
  const published = packed.filter((path) => path.startsWith('dist/cdn/assets/')).map(digest);
  for (const { folder, file, bytes, sha256, crc32: checksum } of files) {
    assert.equal(read(`${folder}/${file}`).length, bytes);
    assert.equal(crc32(read(`${folder}/${file}`)), checksum);
    assert.equal(digest(`${folder}/${file}`), sha256);
    assert.equal(published.filter((other) => other === sha256).length, 1, `${file} is in the package once`);
  }
  assert.ok(catalog.compact.parameters <= 100_000);
  assert.ok(catalog.reference.bytes <= 5_000_000);
});

test('the package contains no copy of ONNX Runtime, and is a small download', () => {
  assert.ok(!packed.some((path) => /ort-wasm/.test(path)));
  assert.ok(size < 5_000_000, `${size} bytes`);
});

test('the catalog in the source is the one next to the models', async () => {
  const { models } = JSON.parse(read('models/catalog.json').toString()) as {
    models: Record<string, unknown>[];
  };
  for (const [name, entry] of Object.entries(catalog)) {
    const published = models.find((model) => model.name === name)!;
    // The CRC-32s are computed from the files; a test above compares those.
    const { crc32: checksum, webgpuProgram, ...rest } = entry;
    const { crc32: programChecksum, ...webgpu } = webgpuProgram;
    assert.ok(checksum > 0 && programChecksum > 0);
    for (const [key, value] of Object.entries(rest)) assert.deepEqual(published[key], value, `${name}.${key}`);
    const program = Buffer.from(await wasmPrograms[name as ModelName](), 'hex');
    const sha256 = createHash('sha256').update(program).digest('hex');
    assert.deepEqual(published.programs, { wasm: { bytes: program.length, sha256 }, webgpu });
  }
});

test('the preload list names every file that a page may fetch, and only existing ones', () => {
  const { models, features, languages } = JSON.parse(read('dist/cdn/preload.json').toString()) as PreloadList;
  assert.deepEqual(Object.keys(models), Object.keys(catalog));
  assert.deepEqual(Object.keys(languages).sort(), ['ar', 'de', 'es', 'fr', 'hi', 'ja', 'zh', 'zh-hant']);
  const listed = [models, features, languages].flatMap((part) => Object.values(part).flat());
  const shipped = packed
    .filter((path) => /^dist\/cdn\/(digit-recognizer\.js|assets\/(?!worker-))/.test(path))
    .map((path) => path.slice('dist/cdn/'.length));
  assert.deepEqual([...new Set(listed)].sort(), shipped.sort());
  const [, model] = models.compact;
  assert.equal(
    createHash('sha256')
      .update(read(`dist/cdn/${model}`))
      .digest('hex'),
    catalog.compact.sha256,
  );
});

test('the preload list rejects a build that lacks a file, or has an unlisted one', () => {
  const { models, features, languages } = JSON.parse(read('dist/cdn/preload.json').toString()) as PreloadList;
  const assets = [...new Set([models, features, languages].flatMap((part) => Object.values(part).flat()))]
    .filter((path) => path.startsWith('assets/'))
    .map((path) => path.slice('assets/'.length));
  assert.deepEqual(createPreloadList(assets), { models, features, languages });
  assert.throws(() => createPreloadList(assets.filter((name) => !name.startsWith('pictures'))), /no pictures\.js/);
  assert.throws(() => createPreloadList([...assets, 'stranger-abcdefgh.js']), /stranger-abcdefgh\.js is not listed/);
});

test('the manifest describes every tag, in published files, and nothing private', () => {
  interface Declaration {
    tagName?: string;
    name: string;
    members?: { name: string; privacy?: string; description?: string }[];
    events?: { name: string }[];
  }
  const { modules } = JSON.parse(read('custom-elements.json').toString()) as {
    modules: { path: string; declarations: Declaration[]; exports: { declaration: { module: string } }[] }[];
  };
  for (const { path, exports } of modules) {
    for (const file of [path, ...exports.map(({ declaration }) => declaration.module)])
      assert.ok(packed.includes(file), `${file} is in the package`);
  }
  assert.ok(modules.every(({ declarations }) => declarations.every(({ tagName }) => tagName)));
  const elements = modules.flatMap(({ declarations }) => declarations);
  assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), [
    'digit-pad',
    'digit-predictions',
    'digit-preview',
    'digit-recognizer',
  ]);
  const recognizer = elements.find(({ tagName }) => tagName === 'digit-recognizer')!;
  assert.deepEqual(recognizer.events?.map(({ name }) => name).sort(), [
    'change',
    'digit-correction',
    'digit-error',
    'digit-learned',
    'digit-recognition',
    'digit-status',
    'input',
  ]);
  for (const { name, members = [] } of elements) {
    for (const member of members) {
      assert.ok(!member.name.startsWith('#') && (member.privacy ?? 'public') === 'public', `${name}.${member.name}`);
    }
  }
});
