/**
 * `npm run test:browser [-- FILE…]`: the tests that run in a browser; all of them unless files are named.
 * `--coverage` measures which lines of the sources they run (results in coverage/). `--watch` runs them again when a file
 * changes; `--debug` opens the first file in a visible browser; `--server-rendered` runs the tests of elements on
 * server-rendered markup; `--group` runs one of the groups of web-test-runner.config.ts, and may be given more than once.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestRunner, summaryReporter } from '@web/test-runner';
import { bundleTests } from '../test/support/bundle.js';
import { config, testGroups } from '../web-test-runner.config.js';
import { root } from './setup.js';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    watch: { type: 'boolean', default: false },
    debug: { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
    'server-rendered': { type: 'boolean', default: false },
    group: { type: 'string', multiple: true },
  },
});

const isWebGpu = (file: string): boolean => file.endsWith('.webgpu.test.ts');
const groups = testGroups(values.coverage);
const plain = values['server-rendered'] ? groups.serverRendered : groups.chromium;

/** The named files in the groups that they belong to. */
const groupsOf = (named: readonly string[]) =>
  [
    { ...plain, files: named.filter((file) => !isWebGpu(file)) },
    { ...groups.webgpu, files: named.filter(isWebGpu) },
  ].filter((group) => group.files.length > 0);

const chosen =
  files.length > 0
    ? groupsOf(files)
    : Object.values(groups).filter(({ name }) => (values.group ?? [name]).includes(name));
// One module after the other where each is watched, looked at in a debugger, or measured.
const separate = values.watch || values.debug || values.coverage;
const bundled = separate ? { middleware: [], plugins: [] } : await bundleTests(chosen.map((group) => group.files));

const runner = await startTestRunner({
  config: {
    ...config,
    middleware: bundled.middleware,
    plugins: [...bundled.plugins, ...config.plugins],
    rootDir: root,
    coverage: values.coverage,
    watch: values.watch || values.debug,
    groups: chosen,
    // Of a few files, each test is named.
    reporters: [...config.reporters, ...(files.length > 0 ? [summaryReporter({})] : [])],
  },
  readCliArgs: false,
  readFileConfig: false,
});
if (values.debug && files.length > 0) runner?.startDebugBrowser(resolve(root, files[0]));
