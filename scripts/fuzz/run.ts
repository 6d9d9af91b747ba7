/** Gives hostile inputs to the built package, in Chromium. */
import { join } from 'node:path';
import { rollup, sum } from 'd3-array';
import packageJson from '../../package.json' with { type: 'json' };
import { serveModule } from '../shared/module-page.js';
import { root } from '../setup.js';
import type { Finding, FuzzOutcome, Kind } from './page.js';

/** What each kind is, and its share of all inputs. */
export const kinds: Record<Kind, { readonly name: string; readonly share: number }> = {
  assets: { name: 'the package’s own files, damaged in transit', share: 0.02 },
  strokes: { name: 'strokes', share: 0.5 },
  pixels: { name: 'ImageData', share: 0.27 },
  files: { name: 'damaged PNG, JPEG, WebP, GIF and SVG files', share: 0.2 },
  models: { name: 'damaged ONNX models by URL', share: 0.01 },
};

export const kindNames = Object.keys(kinds) as Kind[];

export interface KindResult {
  readonly kind: Kind;
  readonly inputs: number;
  /** How many inputs ended so, by error code or `answer`. */
  readonly endings: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** Inputs per call of the page. */
const batch = 500;

const { 'onnxruntime-web': runtimeVersion } = packageJson.peerDependencies;

export async function runFuzz({
  count,
  seed,
  only = kindNames,
  onProgress,
}: {
  count: number;
  seed: number;
  only?: readonly Kind[];
  onProgress?: (kind: Kind, done: number) => void;
}): Promise<KindResult[]> {
  await using harness = await serveModule<typeof import('./page.js')>(
    'scripts/fuzz/page.ts',
    {
      '/npm/digit-recognizer@0.0.0/': root,
      [`/npm/onnxruntime-web@${runtimeVersion}/`]: join(root, 'node_modules/onnxruntime-web'),
      '/models/': join(root, 'models'),
    },
    // Inline scripts are allowed, so that those of a hostile file could run.
    { contentSecurityPolicy: "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' data: blob:" },
  );
  const results: KindResult[] = [];
  for (const kind of only) {
    // A fresh page has not loaded yet what is to be damaged.
    const { page, call } = await harness.open();
    const inputs = Math.max(1, Math.round(count * kinds[kind].share));
    const outcomes: FuzzOutcome[] = [];
    for (let from = 0; from < inputs; from += batch) {
      outcomes.push(await call('fuzz', kind, Math.min(batch, inputs - from), seed + from));
      onProgress?.(kind, Math.min(inputs, from + batch));
    }
    await page.close();
    const endings = rollup(
      outcomes.flatMap((outcome) => Object.entries(outcome.endings)),
      (own) => sum(own, ([, times]) => times),
      ([ending]) => ending,
    );
    const findings = outcomes.flatMap(({ finding }) => finding ?? []);
    results.push({ kind, inputs, endings: Object.fromEntries(endings), findings });
  }
  return results;
}
