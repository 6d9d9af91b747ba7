/**
 * `npm run test:browser [-- FILE…]`: the tests that run in a browser; all of them unless files are named.
 * `--watch` runs them again when a file changes; `--debug` opens the first file in a visible browser;
 * `--server-rendered` runs the tests of elements on server-rendered markup.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestRunner, summaryReporter, type TestRunnerGroupConfig } from '@web/test-runner';
import { config, testGroups } from '../web-test-runner.config.js';
import { root } from './setup.js';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    watch: { type: 'boolean', default: false },
    debug: { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
    'server-rendered': { type: 'boolean', default: false },
  },
});

const groups = testGroups();
const isWebGpu = (file: string): boolean => file.endsWith('.webgpu.test.ts');
const plain = values['server-rendered'] ? groups.serverRendered : groups.chromium;

/** The named files in the groups that they belong to. */
const groupsOf = (named: readonly string[]): TestRunnerGroupConfig[] =>
  [
    { ...plain, files: named.filter((file) => !isWebGpu(file)) },
    { ...groups.webgpu, files: named.filter(isWebGpu) },
  ].filter((group) => group.files.length > 0);

const runner = await startTestRunner({
  config: {
    ...config,
    rootDir: root,
    coverage: values.coverage,
    watch: values.watch || values.debug,
    groups: files.length > 0 ? groupsOf(files) : Object.values(groups),
    // Of a few files, each test is named.
    reporters: [...(config.reporters ?? []), ...(files.length > 0 ? [summaryReporter({})] : [])],
  },
  readCliArgs: false,
  readFileConfig: false,
});
if (values.debug && files.length > 0) runner?.startDebugBrowser(resolve(root, files[0]));
