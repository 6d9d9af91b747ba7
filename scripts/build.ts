/**
 * `npm run build`: makes everything that is published: ES modules with types in dist/, the files for script tags with
 * their assets and the list of them in dist/cdn/, and custom-elements.json with the data for editors.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { writePreloadList } from './build/preload-list.js';
import { root, run } from './setup.js';

export async function buildPackage(): Promise<void> {
  for (const mode of ['modules', 'cdn', 'cdn-onnxruntime'])
    await build({ configFile: join(root, 'vite.config.ts'), mode });
  writePreloadList(join(root, 'dist/cdn'));
  run('npx', ['tsc', '--project', 'tsconfig.build.json']);
  run('npm', ['run', 'manifest', '--silent']);
  // Only tools read them: indented, they would be 60 KB larger for everybody who installs the package.
  for (const name of ['custom-elements.json', 'web-types.json']) {
    const file = join(root, name);
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
  }
}

if (process.argv[1] === import.meta.filename) await buildPackage();
