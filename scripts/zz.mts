import { createPages, isolatedPages } from './bench/pages.js';
import { serveFiles } from './bench/serve-files.js';
import { launchChromium } from './bench/browsers.js';
const server = await serveFiles(await createPages(process.argv[2] ?? 'compact', {count: 200}), {isolated: isolatedPages});
const b = await launchChromium();
for (const n of ['program-wasm','onnx-runtime-wasm','tensorflow-wasm']) { const p = await b.open(`${server.origin}/start/${n}/index.html?model=${process.argv[2] ?? 'compact'}`); console.log(n, (await p.evaluate(async () => (await (globalThis as any).firstPrediction), undefined as any)).logits.join(' ')); }
await b.close(); server.close();
