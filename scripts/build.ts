/**
 * `npm run build`: builds everything that is published: ES modules with types in dist/, the files for script tags with
 * their assets and preload list in dist/cdn/, and custom-elements.json with the data for editors.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import packageJson from '../package.json' with { type: 'json' };
import { dropUnreachableTypes } from './build/drop-types.js';
import { writePreloadList } from './build/preload-list.js';
import { root, run } from './setup.js';

/** Files generated from the elements' docstrings. */
const manifests = [
  'custom-elements.json',
  'web-types.json',
  'vscode.html-custom-data.json',
  'vscode.css-custom-data.json',
];

for (const mode of ['modules', 'cdn', 'cdn-onnxruntime'])
  await build({ configFile: join(root, 'vite.config.ts'), mode });
writePreloadList(join(root, 'dist/cdn'));
run('npx', ['tsc', '--project', 'tsconfig.build.json']);
dropUnreachableTypes(
  root,
  Object.values(packageJson.exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.types])),
);
run('npm', ['run', 'manifest', '--silent']);
// Only tools read them; indentation would make them a third larger.
for (const name of manifests) {
  const path = join(root, name);
  writeFileSync(path, `${JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))}\n`);
}
