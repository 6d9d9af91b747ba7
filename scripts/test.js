/** `npm test [-- STEP…]`: sets up what is missing, then builds, checks the code and runs every test. */
import { spawnSync } from 'node:child_process';
import { ensureDependencies, root } from './setup.js';

ensureDependencies();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/run-tests.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
