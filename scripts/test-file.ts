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
import { parseArgs } from 'node:util';
import { flag } from './command-line.js';
import { root } from './setup.js';

const ownOptions = { watch: flag, debug: flag };
const { values, positionals, tokens } = parseArgs({
  allowPositionals: true,
  strict: false,
  tokens: true,
  options: ownOptions,
});
const { watch, debug } = values;
const others = tokens.flatMap((token) =>
  token.kind === 'option' && !(token.name in ownOptions)
    ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
    : [],
);

/** Node with TypeScript. */
const node = [process.execPath, '--import', 'tsx'];
const when = (condition: unknown, ...args: string[]) => (condition ? args : []);

const runners = [
  {
    runs: (file: string) => file.endsWith('.stories.ts'),
    command: () => ['npx', 'vitest', watch || debug ? 'watch' : 'run', ...when(debug, '--browser.headless=false')],
  },
  {
    runs: (file: string) => /^test\/(node|e2e)\//.test(file),
    command: (files: string[]) => {
      const inBrowser = files.some((file) => file.startsWith('test/e2e/'));
      const options = [...when(watch, '--watch'), ...when(debug && !inBrowser, '--inspect-brk')];
      return [...node, '--test', '--test-reporter=spec', ...options];
    },
  },
  {
    runs: () => true,
    command: () => [
      ...[...node, join(root, 'scripts/test-browser.ts')],
      ...[...when(watch, '--watch'), ...when(debug, '--debug')],
    ],
  },
];

// npm runs scripts in the package's folder; paths are relative to where the command was given.
const files = positionals.map((path) => relative(root, resolve(process.env.INIT_CWD ?? process.cwd(), path)));
const missing = files.filter((file) => !existsSync(join(root, file)));
if (files.length === 0 || missing.length > 0) {
  console.error(
    missing.length > 0
      ? `There is no ${missing.join(', ')}.`
      : 'Name a test file: npm run test:file -- test/drawing/history.test.ts',
  );
  process.exit(2);
}

for (const runner of runners) {
  const own = files.filter((file) => runners.find(({ runs }) => runs(file)) === runner);
  if (own.length === 0) continue;
  const [command, ...args] = [...runner.command(own), ...others, ...own];
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(debug ? { HEADED: '1' } : {}) },
  });
  if (status !== 0) process.exitCode = 1;
}
