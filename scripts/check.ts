/** `npm run check`: types, lint, formatting, templates and unused code. Results are cached, except on CI. */
import { runSteps, type Step } from './shared/steps.js';

const cache = process.env.CI ? [] : ['--cache', '--cache-strategy', 'content'];

export const checks: readonly Step[] = [
  { name: 'Lint', command: ['npx', 'eslint', '.', ...cache, '--cache-location', 'node_modules/.cache/eslint/'] },
  { name: 'Types', command: ['npx', 'tsc', '--noEmit'] },
  { name: 'Formatting', command: ['npx', 'prettier', '--check', '--log-level', 'warn', '.', ...cache] },
  {
    name: 'Templates',
    command: ['npx', 'lit-analyzer', 'src/elements/**/*.ts', '--strict', '--rules.no-missing-import', 'off'],
  },
  { name: 'Unused code', command: ['npx', 'knip', '--no-progress', '--no-config-hints'] },
];

if (process.argv[1] === import.meta.filename) {
  const outcomes = await runSteps(checks);
  process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
}
