import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titles } from '../../scripts/bench/contestants.js';
import { createPages, isolatedPages } from '../../scripts/bench/pages.js';

test('bundles the script of every page from the built package', async () => {
  const pages = await createPages('compact', null);
  const textOf = (path: string): string => Buffer.from(pages.get(path) ?? '').toString();
  const own = Object.keys(titles)
    .filter((name) => name !== 'element-before')
    .map((name) => `/start/${name}/`);
  for (const page of [...own, ...isolatedPages, '/backends/']) {
    assert.ok(textOf(`${page}index.html`).startsWith('<!doctype html>'), page);
    assert.ok(textOf(`${page}script.js`).startsWith('globalThis.scriptStart??='), page);
  }
});
