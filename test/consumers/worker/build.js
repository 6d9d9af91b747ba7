import { build } from 'esbuild';
import { cpSync, writeFileSync } from 'node:fs';

await build({
  entryPoints: { worker: 'src/worker.js', connect: 'src/connect.js' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // Whatever is imported is kept, as by a development server.
  treeShaking: false,
  ignoreAnnotations: true,
  outdir: 'public',
});
// The networks' files, where the package looks for them beside its script: see the README.
cpSync('node_modules/digit-recognizer/models', '../models', { recursive: true });
writeFileSync(
  'public/index.html',
  `<!doctype html><title>Worker</title><link rel="icon" href="data:," /><script type="module">
    import { connect } from './connect.js';
    connect(new Worker('worker.js', { type: 'module' }));
  </script>`,
);
