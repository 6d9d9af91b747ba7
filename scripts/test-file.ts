/**
 * `npm run test:file -- FILE… [--watch] [--debug]`: runs test files alone, each with the runner that its path asks for.
 *
 * - `stories/*.stories.ts`: Vitest, with Storybook
 * - `test/node/`, `test/e2e/`: Node (end-to-end tests and some of those in `test/node/` use the built package)
 * - any other `*.test.ts`: web-test-runner, in Chromium
 *
 * `--debug` shows the browser, or opens Node's inspector for tests without a browser. Other options go to the runner.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { groups } from 'd3-array';
import { root } from './setup.js';

const args = process.argv.slice(2);
const [watch, debug] = ['--watch', '--debug'].map((name) => args.includes(name));
const others = args.filter((arg) => arg.startsWith('-') && arg !== '--watch' && arg !== '--debug');

// npm runs scripts in the package's folder; paths are relative to where the command was given.
const files = args
  .filter((arg) => !arg.startsWith('-'))
  .map((path) => relative(root, resolve(process.env.INIT_CWD ?? process.cwd(), path)));
const missing = files.filter((file) => !existsSync(join(root, file)));
if (files.length === 0 || missing.length > 0) {
  console.error(
    missing.length > 0
      ? `There is no ${missing.join(', ')}.`
      : 'Name a test file: npm run test:file -- test/drawing/history.test.ts',
  );
  process.exit(2);
}

/** Node with TypeScript. */
const node = [process.execPath, '--import', 'tsx'];
const when = (condition: boolean, ...options: string[]) => (condition ? options : []);

const runners = {
  vitest: () => ['npx', 'vitest', watch || debug ? 'watch' : 'run', ...when(debug, '--browser.headless=false')],
  node: (own: string[]) => {
    const inBrowser = own.some((file) => file.startsWith('test/e2e/'));
    const options = [...when(watch, '--watch'), ...when(debug && !inBrowser, '--inspect-brk')];
    return [...node, '--test', '--test-reporter=spec', ...options];
  },
  browser: () => [...node, 'scripts/test-browser.ts', ...when(watch, '--watch'), ...when(debug, '--debug')],
};

function runnerOf(file: string): keyof typeof runners {
  if (file.endsWith('.stories.ts')) return 'vitest';
  return /^test\/(node|e2e)\//.test(file) ? 'node' : 'browser';
}

for (const [runner, own] of groups(files, runnerOf)) {
  const [command, ...options] = [...runners[runner](own), ...others, ...own];
  const { status } = spawnSync(command, options, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(debug ? { HEADED: '1' } : {}) },
  });
  if (status !== 0) process.exitCode = 1;
}
