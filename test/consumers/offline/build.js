import { cpSync, readdirSync, writeFileSync } from 'node:fs';

cpSync('node_modules/digit-recognizer/dist/cdn', 'public/digit-recognizer', { recursive: true });

// What the page needs: not the large model, nor the maps and workers that it never asks for.
const left = /\.map$|reference|worker-|onnxruntime|service-worker|files\.json/;
const files = readdirSync('public', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replace(/^public\//, ''))
  .filter((file) => !left.test(file));
writeFileSync('public/files.json', JSON.stringify(['./', ...files]));
