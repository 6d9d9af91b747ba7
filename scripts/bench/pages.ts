/** The pages of the bench, as files to be served. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Rollup } from 'vite';
import { wasmPrograms } from '../../src/inference/engines/wasm/wasm-programs.js';
import type { ModelName } from '../../src/model/catalog.js';
import { loadMnistTest } from '../evaluate/mnist.js';
import { root } from '../setup.js';
import { readLayers } from '../shared/network.js';
import { contestants } from './contestants.js';
import { createMultiplyAddKernel } from './multiply-add.js';

/** Marks when a script begins and ends. */
const startMark = 'globalThis.scriptStart??=performance.now();';
const endMark = ';globalThis.scriptEnd??=performance.now();';

/**
 * Resolves imports of the sources, which the pages have for their types, to the built package. The build inlines
 * constants, and drops them from their module; it also drops all modules that only export those of others, such as the
 * folders' index.ts.
 */
const builtPackage = { find: /^(?:\.\.\/)+src\/(?!model\/shapes\.js)/, replacement: join(root, 'dist/') };

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Bundles a page's script as `script.js`, each contestant in the same way: by Vite, minified, with its assets.
 * @param page in the folder `page`
 */
async function bundlePage(page: string): Promise<Files> {
  const result = await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    resolve: { alias: [builtPackage] },
    build: {
      write: false,
      copyPublicDir: false,
      target: 'es2022',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: {
        input: join(import.meta.dirname, 'page', page),
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          codeSplitting: false,
          entryFileNames: 'script.js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          postBanner: startMark,
          postFooter: endMark,
        },
      },
    },
  });
  const { output } = result as Rollup.RollupOutput;
  return new Map(output.map((file) => [file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source)]));
}

/** The files that TensorFlow.js chooses from. */
function tensorflowFiles(): Files {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const names = ['', '-simd', '-threaded-simd'].map((variant) => `tfjs-backend-wasm${variant}.wasm`);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Observes long tasks, which only Chromium reports. */
const watchLongTasks = `<script>
globalThis.longTasks = null;
if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
  longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
}
</script>`;

/** Counts WebAssembly instances, and keeps track of their memories. */
const countWebAssembly = `<script>
globalThis.webAssemblyCounts = { instances: 0, memories: [] };
const count = (instance) => {
  webAssemblyCounts.instances += 1;
  for (const value of Object.values(instance.exports)) {
    if (value instanceof WebAssembly.Memory) webAssemblyCounts.memories.push(new WeakRef(value));
  }
  return instance;
};
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct: (target, parameters) => count(Reflect.construct(target, parameters)),
});
for (const name of ['instantiate', 'instantiateStreaming']) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...parameters) => {
    const result = await original.apply(WebAssembly, parameters);
    count(result.instance ?? result);
    return result;
  };
}
</script>`;

function html(body: string, head = ''): Uint8Array {
  return Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bench</title>
<link rel="icon" href="data:,">
${watchLongTasks}${head}
${body}
</html>
`);
}

/** What a site owner copies from a build. */
function cdnFiles(checkout: string): Files {
  const folder = join(checkout, 'dist/cdn');
  const names = ['digit-recognizer.js', ...readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`)];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Marks the tag's script. Its first line is a hint for the browser's compiler, and has to stay the first. */
function withMarks(cdn: Files): Files {
  const script = new TextDecoder().decode(cdn.get('digit-recognizer.js')).replace('\n', `\n${startMark}`);
  return new Map([...cdn, ['digit-recognizer.js', Buffer.from(script + endMark)]]);
}

/** Marks when an element has rendered for the first time. */
const watchRendering = (tag: string) => `<script>
customElements.whenDefined('${tag}').then(() => document.querySelector('${tag}').updateComplete)
  .then(() => { globalThis.rendered = performance.now(); });
</script>`;

/**
 * @param against another built checkout, whose tag is measured, too
 * @returns by path
 */
export async function createPages(model: ModelName, against: string | null): Promise<Files> {
  const network = readFileSync(join(root, 'models', `${model}.onnx`));
  const cdn = cdnFiles(root);
  const shared: Files = new Map([
    ['model.onnx', network],
    ['network.json', Buffer.from(JSON.stringify(readLayers(network)))],
    ...tensorflowFiles(),
  ]);
  const pixels = loadMnistTest().map((sample) => sample.pixels);
  const images: Files = new Map([['images.bin', Buffer.concat(pixels)]]);
  const programs: Files = new Map([
    ['program.wasm', Buffer.from(await wasmPrograms[model](), 'hex')],
    ['multiply-add.wasm', createMultiplyAddKernel()],
  ]);
  const tag = `<digit-recognizer model="${model}"></digit-recognizer>`;
  const [packageScript, ownScript] = ['digit-recognizer.js', 'script.js'].map(
    (name) => `<script type="module" src="${name}"></script>`,
  );
  const watchedTag = `${tag}${watchRendering('digit-recognizer')}${packageScript}${ownScript}`;
  const watchedPad = `<digit-pad></digit-pad>${watchRendering('digit-pad')}${ownScript}`;
  const alone = ['recognize', ...contestants, 'program-webgpu', 'onnx-runtime-webgpu'];

  const pages = new Map<string, Uint8Array>();
  /** @param entry module that becomes the page's script */
  const add = async (folder: string, page: Uint8Array, entry: string, ...groups: Files[]) => {
    pages.set(`/${folder}/index.html`, page);
    for (const files of [...groups, await bundlePage(entry)]) {
      for (const [name, bytes] of files) pages.set(`/${folder}/${name}`, bytes);
    }
  };
  await add('start/element', html(watchedTag), 'start/element.ts', withMarks(cdn));
  if (against) await add('start/element-before', html(watchedTag), 'start/element.ts', withMarks(cdnFiles(against)));
  await add('start/pad', html(watchedPad), 'start/pad.ts');
  for (const name of alone) await add(`start/${name}`, html(ownScript), `start/${name}.ts`, shared);
  await add('paint', html(`${tag}${packageScript}`), 'element.ts', cdn);
  await add('pictures', html(''), 'pictures.ts');
  await add('memory', html(packageScript, countWebAssembly), 'element.ts', cdn);
  await add('backends', html(''), 'backends.ts', images);
  await add('measure', html(''), 'measure.ts', shared, images, programs);
  return pages;
}

/** Pages that need precise clocks. */
export const isolatedPages = ['/measure/', '/memory/', '/paint/', '/pictures/'];
