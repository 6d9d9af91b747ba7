/** The pages of the bench, as files to be served. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.js';
import { loadMnistTest } from '../evaluate/mnist.js';
import { bundlePage, startMark, tensorflowFiles } from './bundle.js';
import { createMultiplyAddKernel } from './multiply-add.js';
import { readLayers } from '../network.js';

/** Those that are measured from script start, with what each needs beside its script. */
export const starters = /** @type {const} */ ([
  'element',
  'program-wasm',
  'onnx-runtime-wasm',
  'tensorflow-wasm',
  'program-webgpu',
  'onnx-runtime-webgpu',
]);

/** @typedef {typeof starters[number]} Starter */

/** Watches long tasks from the first moment; only Chromium tells of them. */
const watchLongTasks = `<script>
globalThis.longTasks = null;
if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
  longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
}
</script>`;

/** Counts the WebAssembly instances of the page, and keeps track of their memories. */
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

/** @param {string} body @param {string} [head] */
const html = (body, head = '') =>
  Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bench</title>
<link rel="icon" href="data:,">
${watchLongTasks}${head}
${body}
</html>
`);

const script = (/** @type {string} */ name) => `<script type="module" src="${name}"></script>`;

/** The folder of the built package's CDN file, as a site owner copies it. @returns {Map<string, Uint8Array>} */
function cdnFiles() {
  const folder = join(root, 'dist/cdn');
  const names = ['digit-recognizer.js', ...readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`)];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * @param {string} model
 * @param {{ count: number }} images of MNIST's test part
 * @returns {Promise<Map<string, Uint8Array>>} by path
 */
export async function createPages(model, { count }) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, 'models', path));
  const network = read(`${model}.onnx`);
  const shared = new Map([
    ['model.onnx', network],
    ['network.json', Buffer.from(JSON.stringify(readLayers(network)))],
    ...tensorflowFiles(),
  ]);
  /** @type {Map<string, Uint8Array>} */
  const pages = new Map();
  /** @param {string} folder @param {...ReadonlyMap<string, Uint8Array>} groups */
  const add = (folder, ...groups) => {
    for (const files of groups) for (const [name, bytes] of files) pages.set(`/${folder}/${name}`, bytes);
  };

  const cdn = cdnFiles();
  const tag = `<digit-recognizer model="${model}"></digit-recognizer>`;
  for (const name of starters) {
    const bundle = await bundlePage(`start/${name}.js`);
    if (name === 'element') {
      const index = html(`${tag}${script('digit-recognizer.js')}${script('script.js')}`);
      // Its first line is for the browser's compiler, and has to stay the first.
      const tagScript = new TextDecoder().decode(cdn.get('digit-recognizer.js'));
      const marked = Buffer.from(tagScript.replace('\n', `\n${startMark}`));
      add(
        'start/element',
        cdn,
        bundle,
        new Map([
          ['index.html', index],
          ['digit-recognizer.js', marked],
        ]),
      );
    } else {
      add(`start/${name}`, bundle, shared, new Map([['index.html', html(script('script.js'))]]));
    }
  }

  const element = await bundlePage('element.js');
  add('paint', cdn, element, new Map([['index.html', html(`${tag}${script('digit-recognizer.js')}`)]]));
  const memoryPage = html(script('digit-recognizer.js'), countWebAssembly);
  add('memory', cdn, element, new Map([['index.html', memoryPage]]));

  const samples = (await loadMnistTest()).slice(0, count);
  const images = Buffer.concat(samples.map(({ pixels }) => pixels));
  const compared = new Map([
    ['index.html', html('')],
    ['images.bin', images],
  ]);
  add('backends', await bundlePage('backends.js'), compared);
  const measured = new Map([
    ['index.html', html('')],
    ['images.bin', images],
    ['program.wasm', read(`compiled/${model}.program.wasm`)],
    ['multiply-add.wasm', createMultiplyAddKernel()],
  ]);
  add('measure', await bundlePage('measure.js'), shared, measured);
  return pages;
}

/** Paths of the pages that need exact clocks. */
export const isolatedPages = ['/measure/', '/memory/', '/paint/'];
