/** Runs test files alone: `npm run test:file -- --help`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { groups } from 'd3-array';
import { root } from './setup.js';
import { repositoryPath, runCommand, UsageError } from './shared/command-line.js';

const usage = `Runs test files alone, each with the runner that its path asks for.

Usage: npm run test:file -- file ... [options]

  stories/*.stories.ts                 Vitest, with Storybook
  test/node/*, test/e2e/*              Node; end-to-end tests, and some in test/node, use the built package
  any other *.test.ts                  web-test-runner, in Chromium

  --watch               reruns tests when a file changes
  --debug               shows the browser, or opens Node's inspector for tests without a browser
  --help                this text

Other options go to the runner.`;

/** @param folder that relative paths are resolved against */
function parseOptions(args: string[], folder: string) {
  const own = ['--watch', '--debug', '--help'];
  const [watch, debug, help] = own.map((name) => args.includes(name));
  const files = args.filter((arg) => !arg.startsWith('-')).map((path) => repositoryPath(folder, path));
  const missing = files.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new UsageError(`There is no ${missing.join(', ')}.`);
  if (files.length === 0 && !help) throw new UsageError('Name a test file, as test/drawing/history.test.ts.');
  return { help, watch, debug, files, others: args.filter((arg) => arg.startsWith('-') && !own.includes(arg)) };
}

type Options = ReturnType<typeof parseOptions>;

/** Node with TypeScript. */
const node = [process.execPath, '--import', 'tsx'];
const when = (condition: boolean, ...options: string[]) => (condition ? options : []);

const runners = {
  vitest: (_: readonly string[], { watch, debug }: Options) => [
    ...['npx', 'vitest', watch || debug ? 'watch' : 'run'],
    ...when(debug, '--browser.headless=false'),
  ],
  node: (files: readonly string[], { watch, debug }: Options) => {
    const inBrowser = files.some((file) => file.startsWith('test/e2e/'));
    const options = [...when(watch, '--watch'), ...when(debug && !inBrowser, '--inspect-brk')];
    return [...node, '--test', '--test-reporter=spec', ...options];
  },
  browser: (_: readonly string[], { watch, debug }: Options) => [
    ...[...node, 'scripts/test-browser.ts'],
    ...when(watch, '--watch'),
    ...when(debug, '--debug'),
  ],
};

function runnerOf(file: string): keyof typeof runners {
  if (file.endsWith('.stories.ts')) return 'vitest';
  return /^test\/(node|e2e)\//.test(file) ? 'node' : 'browser';
}

await runCommand(usage, parseOptions, (options) => {
  const statuses = groups(options.files, runnerOf).map(([runner, own]) => {
    const [command, ...rest] = [...runners[runner](own, options), ...options.others, ...own];
    return spawnSync(command, rest, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      // The files are named from the root.
      env: { ...process.env, INIT_CWD: root, ...(options.debug ? { HEADED: '1' } : {}) },
    }).status;
  });
  return statuses.every((status) => status === 0);
});
