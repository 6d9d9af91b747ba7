/** Writes `preload.json` beside the script: the files of `dist/cdn` to preload, by what a page is going to use. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths relative to `preload.json`, in the order they are needed. */
export interface PreloadList {
  /** Files for the first answer of each model. Scripts are modules; all others are fetched with CORS, `as=fetch`. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  /** Files that are fetched on first use. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  /** Messages in each language but English, by its tag in lower case. */
  readonly languages: Readonly<Record<string, readonly string[]>>;
}

/**
 * Creates the list for the files of a build, whose names end in a content hash.
 *
 * @param assets names of the files in `assets`
 * @throws {Error} when a file is missing, or an unknown one is there
 */
export function createPreloadList(assets: readonly string[]): PreloadList {
  const left = new Set(assets.filter((name) => !name.startsWith('worker-')));
  const take = (name: string, extension: string): string => {
    const found = [...left].find((asset) => asset.replace(/-[\w-]{8}(?=\.\w+$)/, '') === `${name}.${extension}`);
    if (!found) throw new Error(`dist/cdn/assets has no ${name}.${extension}.`);
    left.delete(found);
    return `assets/${found}`;
  };
  const script = 'digit-recognizer.js';
  const webgpu = take('load-webgpu-program', 'js');
  return {
    models: {
      compact: [script, take('compact', 'onnx')],
      reference: [script, take('reference', 'onnx'), take('reference', 'js')],
    },
    features: {
      'webgpu, compact': [webgpu, take('compact.webgpu', 'json')],
      'webgpu, reference': [webgpu, take('reference.webgpu', 'json')],
      pictures: [take('pictures', 'js')],
      multiple: [take('numbers', 'js')],
      png: [take('draw-png', 'js')],
      replay: [take('replay-times', 'js')],
      learn: [take('kept-profile', 'js')],
      'preview views': [take('preview-views', 'js'), take('first-layer', 'js')],
    },
    languages: Object.fromEntries(
      [...left].sort().map((asset) => {
        const [, language] = /^([a-z]{2}(?:-[a-z]{4})?)-[\w-]{8}\.js$/.exec(asset) ?? [];
        if (!language) throw new Error(`dist/cdn/assets/${asset} is not listed in scripts/build/preload-list.ts.`);
        return [language, [`assets/${asset}`]];
      }),
    ),
  };
}

/** @param folder of the CDN build */
export function writePreloadList(folder: string): void {
  const list = createPreloadList(readdirSync(join(folder, 'assets')));
  writeFileSync(join(folder, 'preload.json'), `${JSON.stringify(list, null, 2)}\n`);
}
