import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/setup.js';
import { en } from '../../src/messages/en.js';

test('every message of the tables is used', () => {
  const folder = join(root, 'src/elements');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const unused = Object.keys(en).filter((key) => !new RegExp(`\\b${key}\\b`).test(code));
  assert.deepEqual(unused, []);
});
