import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/setup.js';

const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-pack-'));
let tarball: string;

const run = (command: string, args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};

before(() => {
  const { output } = run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  assert.ok(packed, output);
  tarball = join(folder, packed);
});

after(() => rmSync(folder, { recursive: true }));

test('publint has no complaints about the packed package', () => {
  const { status, output } = run('npx', ['publint', tarball, '--strict']);
  assert.equal(status, 0, output);
  assert.match(output, /All good!/);
});

test('types are correct for every way of resolving ES modules (are the types wrong?)', () => {
  const { status, output } = run('npx', ['attw', tarball, '--profile', 'esm-only']);
  assert.equal(status, 0, output);
});
