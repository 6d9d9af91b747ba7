/**
 * `npm run test:browser [-- FILE…]`: runs the tests that need a browser; all of them unless files are named.
 * `--coverage` measures line coverage of the sources (results in coverage/); `--watch` reruns tests when a file changes;
 * `--debug` opens the first file in a visible browser; `--server-rendered` runs the tests of elements on server-rendered
 * markup; `--group` runs one of the groups of web-test-runner.config.ts, and may be given more than once.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestRunner, summaryReporter } from '@web/test-runner';
import { bundleTests } from '../test/support/bundle.js';
import { config, testGroups } from '../web-test-runner.config.js';
import { flag } from './command-line.js';
import { root } from './setup.js';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    watch: flag,
    debug: flag,
    coverage: flag,
    'server-rendered': flag,
    group: { type: 'string', multiple: true },
  },
});

const isWebGpu = (file: string): boolean => file.endsWith('.webgpu.test.ts');
const groups = testGroups(values.coverage);
const plain = values['server-rendered'] ? groups.serverRendered : groups.chromium;

/** The named files, in their groups. */
const groupsOf = (named: readonly string[]) =>
  [
    { ...plain, files: named.filter((file) => !isWebGpu(file)) },
    { ...groups.webgpu, files: named.filter(isWebGpu) },
  ].filter((group) => group.files.length > 0);

const chosenNames = values.group ?? (values['server-rendered'] ? [groups.serverRendered.name] : undefined);
const chosen =
  files.length > 0
    ? groupsOf(files)
    : Object.values(groups).filter(({ name }) => (chosenNames ?? [name]).includes(name));
// Watching, debugging and coverage need separate modules.
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
    // Names each test of a few files.
    reporters: [...config.reporters, ...(files.length > 0 ? [summaryReporter({})] : [])],
  },
  readCliArgs: false,
  readFileConfig: false,
});
if (values.debug && files.length > 0) runner?.startDebugBrowser(resolve(root, files[0]));
