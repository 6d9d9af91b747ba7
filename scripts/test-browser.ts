/** Runs the tests that need a browser: `npm run test:browser -- --help`. */
import { resolve } from 'node:path';
import { startTestRunner, summaryReporter } from '@web/test-runner';
import { bundleTests } from '../test/support/bundle.js';
import { config, testGroups } from '../web-test-runner.config.js';
import { root } from './setup.js';
import { flag, oneOf, parseCommandLine, repositoryPath, runCommand } from './shared/command-line.js';

const groupNames = Object.values(testGroups()).map(({ name }) => name);

const usage = `Runs the tests that need a browser, in Chromium.

Usage: npm run test:browser -- [options] [file ...]

Which tests (all, unless named)
  file                  as test/elements/digit-pad/digit-pad.test.ts
  --group NAME          ${groupNames.join(', ')} (may be given more than once)
  --server-rendered     those of elements, on server-rendered markup

How
  --coverage            measures line coverage of the sources, with results in coverage/; less than 90 % fails
  --watch               reruns tests when a file changes
  --debug               opens the first file in a visible browser
  --help                this text`;

/** @param folder that relative paths are resolved against */
function parseOptions(args: string[], folder: string) {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      help: flag,
      watch: flag,
      debug: flag,
      coverage: flag,
      'server-rendered': flag,
      group: { type: 'string', multiple: true },
    },
  });
  return {
    ...values,
    group: values.group?.map((name) => oneOf('group', name, groupNames)),
    files: positionals.map((path) => repositoryPath(folder, path)),
  };
}

const isWebGpu = (file: string): boolean => file.endsWith('.webgpu.test.ts');

async function test({ files, ...values }: ReturnType<typeof parseOptions>): Promise<boolean> {
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
  // The runner ends the process, with its own exit code.
  return true;
}

await runCommand(usage, parseOptions, test);
