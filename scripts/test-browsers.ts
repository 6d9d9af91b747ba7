/** Runs tests in each installed browser: `npm run test:browsers -- --help`. */
import { join, relative, sep } from 'node:path';
import { rollups, sort } from 'd3-array';
import { startTestRunner, type TestRunnerGroupConfig, type TestSession } from '@web/test-runner';
import { drawSeven } from '../test/support/browsers/draw-seven.js';
import { DrivenLauncher } from '../test/support/browsers/launcher.js';
import { bundleTests } from '../test/support/bundle.js';
import { skipKey, skipReasons } from '../test/support/page-commands.js';
import { countTests, failureReporter, testsOf } from '../test/support/reporters.js';
import { hydratingPage } from '../test/support/server-render.js';
import { config } from '../web-test-runner.config.js';
import { root } from './setup.js';
import { alignColumns } from './shared/align-columns.js';
import { flag, parseCommandLine, repositoryPath, runCommand, UsageError, writeResults } from './shared/command-line.js';
import { candidates, type Candidate } from './test-browsers/candidates.js';

const browserNames = [...new Set(candidates.map(({ name }) => name))];

interface Row {
  readonly browser: string;
  readonly version: string;
  readonly webgpu: boolean;
  readonly area: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The elements, and the layers below them. */
const areas = [
  ...['elements', 'recognition', 'learning', 'explain', 'inference', 'sources'],
  ...['drawing', 'imaging', 'messages', 'utils'],
];

const usage = `Runs the tests of the elements and of the layers below them, or the files that are named, in each installed browser;
those of the elements also on server-rendered markup. Also draws a seven on the built package. Build it first:
npm run build

Usage: npm run test:browsers -- [browser ...] [file ...]

  browser               ${browserNames.join(', ')}; all of them unless named
  file                  as test/elements/digit-pad/digit-pad.test.ts; all tests unless named
  --help                this text

The table is written to results/browsers.json, too. The exit code is 1 when a test has failed.`;

const label = ({ name, webgpu }: Candidate): string => (webgpu ? `${name}, WebGPU` : name);

const SERVER_RENDERED = 'server-rendered';

async function runTests(candidate: Candidate, groups: readonly TestRunnerGroupConfig[]): Promise<TestSession[]> {
  const bundled = await bundleTests(groups.map(({ files = [] }) => files));
  const browsers = [new DrivenLauncher(label(candidate), candidate.launch)];
  const runner = await startTestRunner({
    config: {
      ...config,
      middleware: bundled.middleware,
      plugins: [...bundled.plugins, ...config.plugins],
      groups: groups.map((group) => ({ ...group, browsers })),
      rootDir: root,
      reporters: [failureReporter()],
    },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  if (!runner) throw new Error('The test runner did not start.');
  await new Promise((resolve) => runner.on('stopped', resolve));
  return [...runner.sessions.all()];
}

const areaOf = ({ testFile, group }: TestSession): string => {
  const folder = relative(join(root, 'test'), testFile).split(sep)[0];
  return group.name === SERVER_RENDERED ? `${folder}, ${SERVER_RENDERED}` : folder;
};

/** Returns a row per area. */
const count = ({ name, webgpu }: Candidate, sessions: readonly TestSession[], version: string): Row[] =>
  sort(rollups(sessions, countTests, areaOf), ([area]) => area).map(([area, { failures: _, ...counts }]) => ({
    browser: name,
    version,
    webgpu,
    area,
    ...counts,
  }));

const skips = (candidate: Candidate, sessions: readonly TestSession[]) =>
  sessions.flatMap(({ testFile, testResults, group }) =>
    testsOf(testResults)
      .filter(({ skipped }) => skipped)
      .map(({ name }) => ({
        browser: label(candidate),
        file: relative(root, testFile),
        test: group.name === SERVER_RENDERED ? `${name} (${SERVER_RENDERED})` : name,
        reason: skipReasons.get(skipKey(label(candidate), testFile, name)) ?? 'skipped by the test itself',
      })),
  );

async function drawEndToEnd({ name, webgpu, launch }: Candidate): Promise<Row> {
  const backend = webgpu ? 'webgpu' : 'wasm';
  const browser = await launch();
  try {
    const answer = await drawSeven(browser, backend);
    const right = answer.value === '7' && answer.backend === backend;
    if (!right) console.error(`${name} on ${backend} read ${JSON.stringify(answer)} instead of a 7.`);
    const counts = { passed: Number(right), failed: Number(!right), skipped: 0 };
    return { browser: name, version: browser.version, webgpu, area: 'a drawn seven', ...counts };
  } finally {
    await browser.close();
  }
}

/** The tests to run in a browser, by how they are run; all tests unless files are named. */
function groupsFor({ webgpu }: Candidate, named: readonly string[]): TestRunnerGroupConfig[] {
  if (named.length === 0 && webgpu) return [{ name: 'webgpu', files: ['test/**/*.webgpu.test.ts'] }];
  const all = [...areas.map((area) => `test/${area}/**/*.test.ts`), '!test/**/*.webgpu.test.ts'];
  const files = named.length > 0 ? named.filter((file) => file.endsWith('.webgpu.test.ts') === webgpu) : all;
  const ofElements = files.filter((file) => file.startsWith('test/elements/'));
  return [
    { name: 'client-rendered', files },
    { name: SERVER_RENDERED, files: ofElements, testRunnerHtml: hydratingPage },
  ].filter((group) => group.files.length > 0);
}

/** @param folder that relative paths are resolved against */
function parseOptions(args: string[], folder: string) {
  const { values, positionals } = parseCommandLine({ args, allowPositionals: true, options: { help: flag } });
  const isFile = (name: string) => name.endsWith('.test.ts');
  const unknown = positionals.find((name) => !isFile(name) && !browserNames.some((browser) => browser === name));
  if (unknown !== undefined) {
    throw new UsageError(`"${unknown}" is neither ${browserNames.join(', ')} nor a file that ends in .test.ts.`);
  }
  return {
    ...values,
    named: positionals.filter(isFile).map((path) => repositoryPath(folder, path)),
    wanted: positionals.filter((name) => !isFile(name)),
  };
}

async function test({ named, wanted }: ReturnType<typeof parseOptions>): Promise<boolean> {
  const rows: Row[] = [];
  const skipped: ReturnType<typeof skips> = [];
  const absent: { browser: string; reason: string }[] = [];
  for (const candidate of candidates) {
    if (wanted.length > 0 && !wanted.includes(candidate.name)) continue;
    const groups = groupsFor(candidate, named);
    if (groups.length === 0) continue;
    const reason = candidate.missing();
    if (reason) {
      absent.push({ browser: label(candidate), reason });
      continue;
    }
    const drawing = await drawEndToEnd(candidate);
    const sessions = await runTests(candidate, groups);
    rows.push(...count(candidate, sessions, drawing.version), drawing);
    skipped.push(...skips(candidate, sessions));
  }

  const table = [
    ['browser', 'tests of', 'passed', 'failed', 'skipped'],
    ...rows.map(({ version, webgpu, area, ...counts }) => [
      webgpu ? `${version}, WebGPU` : version,
      area,
      ...[counts.passed, counts.failed, counts.skipped].map(String),
    ]),
  ];
  console.log(`\n${alignColumns(table).join('\n')}`);
  for (const { browser, reason } of absent) console.log(`\n${browser} was not tested: ${reason}`);
  if (skipped.length > 0) console.log('\nSkipped:');
  for (const { browser, test, reason } of skipped) console.log(`  ${browser}: ${test}\n    ${reason}`);

  writeResults('browsers', { rows, skipped, absent });
  return rows.length > 0 && rows.every(({ failed }) => failed === 0);
}

await runCommand(usage, parseOptions, test);
// Servers and browsers may keep Node alive.
process.exit();
