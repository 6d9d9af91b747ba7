import { build } from 'esbuild';
import { cpSync } from 'node:fs';

await build({ entryPoints: ['src/main.js'], outdir: 'public', bundle: true, format: 'esm', minify: true });
cpSync('node_modules/digit-recognizer/dist/cdn/assets', 'public/assets', { recursive: true });
