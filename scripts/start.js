/** `npm start`: sets up what is missing, builds the package with its demo and Storybook, and opens the demo. */
import { join } from 'node:path';
import { ensureDependencies, root } from './setup.js';

ensureDependencies();
const { buildPackage } = await import('./build.js');
const { buildSite } = await import('./site.js');
const { preview } = await import('vite');

await buildPackage();
buildSite();
const server = await preview({
  configFile: false,
  root,
  base: '/',
  build: { outDir: join(root, 'site') },
  appType: 'mpa',
  preview: { open: !process.env.CI && process.stdout.isTTY, port: 4173 },
});
server.printUrls();
