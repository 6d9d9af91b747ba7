/** `npm start`: sets up what is missing, builds the package with its demo and Storybook, and opens the demo. */
import { ensureDependencies, run } from './setup.js';

ensureDependencies();
run('npm', ['run', 'build', '--silent']);
run('npm', ['run', 'build:site', '--silent']);
run('npx', ['vite', 'preview', ...(!process.env.CI && process.stdout.isTTY ? ['--open'] : [])]);
