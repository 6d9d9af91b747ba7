/**
 * `npm run test:file -- FILE… [--watch] [--debug]`: runs test files alone, with the runner that their path asks for.
 *
 * - `stories/*.stories.ts`: Vitest, with Storybook
 * - `test/node/`, `test/e2e/`: Node (end-to-end tests and some of those in `test/node/` use the built package)
 * - any other `*.test.ts`: web-test-runner, in Chromium
 *
 * `--debug` shows the browser, or opens Node's inspector where a test has none.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './setup.js';

const runners = ['stories', 'node', 'browser'] as const;
type Runner = (typeof runners)[number];

function runnerOf(file: string): Runner {
  if (file.endsWith('.stories.ts')) return 'stories';
  return /^test\/(node|e2e)\//.test(file) ? 'node' : 'browser';
}

const { values, positionals, tokens } = parseArgs({
  allowPositionals: true,
  strict: false,
  tokens: true,
  options: { watch: { type: 'boolean', default: false }, debug: { type: 'boolean', default: false } },
});
const { watch, debug } = values;
/** Options of the runner itself, passed on as they are. */
const others = tokens.flatMap((token) =>
  token.kind === 'option' && !(token.name in values && ['watch', 'debug'].includes(token.name)) ? [token.rawName] : [],
);

/** Node with TypeScript. */
const node = (...args: string[]): string[] => [process.execPath, '--import', 'tsx', ...args];

function commandOf(runner: Runner, files: string[]): string[] {
  switch (runner) {
    case 'browser':
      return node(
        join(root, 'scripts/test-browser.ts'),
        ...(watch ? ['--watch'] : []),
        ...(debug ? ['--debug'] : []),
        ...others,
        ...files,
      );
    case 'node': {
      const inBrowser = files.some((file) => file.startsWith('test/e2e/'));
      return node(
        ...['--test', '--test-reporter=spec'],
        ...(watch ? ['--watch'] : []),
        ...(debug && !inBrowser ? ['--inspect-brk'] : []),
        ...others,
        ...files,
      );
    }
    case 'stories':
      return [
        ...['npx', 'vitest', watch || debug ? 'watch' : 'run'],
        ...(debug ? ['--browser.headless=false'] : []),
        ...others,
        ...files,
      ];
  }
}

// npm runs scripts in the package's folder; paths count from where the command was given.
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
  const own = files.filter((file) => runnerOf(file) === runner);
  if (own.length === 0) continue;
  const [command, ...args] = commandOf(runner, own);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(debug ? { HEADED: '1' } : {}) },
  });
  if (status !== 0) process.exitCode = 1;
}
