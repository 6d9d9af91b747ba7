/** Reporters for web-test-runner: failures in the terminal, and counts in a file for `npm test`. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { defaultReporter, type Reporter, type TestSession, type TestSuiteResult } from '@web/test-runner';
import { root } from '../../scripts/setup.js';
import type { Counts, Failure } from '../../scripts/shared/steps.js';

/** Describes the files with failed tests, with the logs of their pages. Passing tests may log errors, too. */
export function failureReporter(): Reporter {
  const described = defaultReporter({ reportTestResults: true, reportTestProgress: false });
  return {
    ...described,
    reportTestFileResults({ sessionsForTestFile, ...rest }) {
      const failed = sessionsForTestFile.filter(({ passed }) => !passed);
      if (failed.length > 0) return described.reportTestFileResults?.({ ...rest, sessionsForTestFile: failed });
    },
  };
}

interface NamedTest {
  readonly name: string;
  readonly skipped: boolean;
  readonly passed: boolean;
  readonly error?: { readonly message: string } | undefined;
}

/** All tests of a suite, by their full names, including those of the suites around them. */
export function testsOf(suite: TestSuiteResult | undefined, path = ''): NamedTest[] {
  if (!suite) return [];
  return [
    ...suite.tests.map(({ name, skipped, passed, error }) => ({ name: `${path}${name}`, skipped, passed, error })),
    ...suite.suites.flatMap((inner) => testsOf(inner, `${path}${inner.name} `)),
  ];
}

/** Counts the tests of sessions. A file that fails without a failed test counts as one. */
export function countTests(sessions: Iterable<TestSession>): Counts {
  let passed = 0;
  let skipped = 0;
  const failures: Failure[] = [];
  for (const { testFile, group, testResults, errors, passed: whole } of sessions) {
    const file = `${relative(root, testFile)}${group.name === 'server-rendered' ? ' (server-rendered)' : ''}`;
    const tests = testsOf(testResults);
    passed += tests.filter((test) => test.passed && !test.skipped).length;
    skipped += tests.filter((test) => test.skipped).length;
    const failed = tests.filter((test) => !test.passed && !test.skipped);
    for (const { name, error } of failed) failures.push({ file, name, error: error?.message ?? '' });
    if (whole) continue;
    for (const { message } of errors) failures.push({ file, name: 'the file as a whole', error: message });
    if (errors.length === 0 && failed.length === 0) failures.push({ file, name: 'the file as a whole', error: '' });
  }
  return { passed, failed: failures.length, skipped, failures };
}

/** Writes the counts for `npm test`. */
export const resultsReporter = (path = process.env.TEST_RESULTS): Reporter => ({
  onTestRunFinished({ sessions }) {
    if (path) writeFileSync(path, JSON.stringify(countTests(sessions)));
  },
});
