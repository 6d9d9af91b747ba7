import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../../scripts/setup.js';
import { drawSeven, settledValue, useBrowser, writePage, type Visit } from './browser.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The content of the code blocks in the README. */
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language, code]) => ({ language, code }));
const inLanguage = (language: string): string[] =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);

/** The minimum policy that the README documents. */
const policy = inLanguage('')[0].trim();

/** What the README's code finds in a page. */
const prelude = `
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 100;
  canvas.getContext('2d').fillRect(48, 10, 6, 80);
`;

const { serve, open: openPage } = useBrowser();

async function open(markup: string, files: Record<string, string> = {}): Promise<Visit> {
  const folder = writePage(markup);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const cdn = join(root, 'dist/cdn');
  const folders = { '/digit-recognizer/': cdn, '/cdn/': cdn, '/': folder };
  return openPage(await serve(folders, `${policy}; img-src data:`));
}

/** A project's code with the package, as bundled by a bundler. */
async function bundle(code: string, loader: 'js' | 'jsx' = 'js'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader },
    alias: { 'digit-recognizer': join(root, 'dist') },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  // Assets are served next to the package.
  return outputFiles[0].text.replaceAll('"../cdn/assets/', '"/cdn/assets/');
}

describe('the README', () => {
  test('has one tag that reads a digit, under the policy that it documents', async () => {
    const { page, complaints } = await open(`<form>${inLanguage('html')[0]}</form>`);
    await page.locator('digit-recognizer:state(ready)').waitFor({ timeout: 30_000 });
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.equal(await page.evaluate(() => new FormData(document.querySelector('form')!).get('digit')), '7');
    assert.deepEqual(complaints, []);
  });

  for (const [index, code] of inLanguage('js').entries()) {
    test(`has code that runs: ${code.split('\n').find((line) => line.trim() !== '')!}`, async () => {
      const imports = code.split('\n').filter((line) => line.startsWith('import '));
      const rest = code.split('\n').filter((line) => !line.startsWith('import '));
      const script = await bundle(`${imports.join('\n')}\n${prelude}\n${rest.join('\n')}\nwindow.done = true;`);
      const { page, complaints } = await open(
        '<digit-recognizer></digit-recognizer><script type="module" src="script.js"></script>',
        {
          'script.js': script,
        },
      );
      await page.waitForFunction(() => 'done' in window, undefined, { timeout: 30_000 });
      assert.deepEqual(complaints, [], `block ${index}`);
    });
  }

  test('has a React component that logs its digit', async () => {
    const code = inLanguage('jsx')[0];
    const script = await bundle(
      `import { createRoot } from 'react-dom/client';\n${code}\ncreateRoot(document.querySelector('main')).render(<Field />);`,
      'jsx',
    );
    const { page, complaints } = await open('<main></main><script type="module" src="script.js"></script>', {
      'script.js': script,
    });
    const logged: string[] = [];
    page.on('console', (message) => logged.push(message.text()));
    await page.locator('digit-recognizer:state(ready)').waitFor({ timeout: 30_000 });
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.ok(logged.includes('7'), logged.join());
    assert.deepEqual(complaints, []);
  });

  test('has the Angular component and settings of the project that is built in test/consumers', () => {
    const read = (path: string): string => readFileSync(join(root, 'test/consumers/angular', path), 'utf8');
    interface Architect {
      build: { options: { assets: unknown[] } };
      serve: { options: { prebundle: unknown } };
    }
    const { projects } = JSON.parse(read('angular.json')) as { projects: { app: { architect: Architect } } };
    const { build, serve } = JSON.parse(inLanguage('json')[0]) as Architect;
    assert.equal(inLanguage('ts')[0], read('src/app.ts'));
    assert.match(read('src/main.ts'), /^import 'digit-recognizer\/cdn';$/m);
    assert.deepEqual(build.options.assets, projects.app.architect.build.options.assets);
    assert.deepEqual(serve.options.prebundle, projects.app.architect.serve.options.prebundle);
  });

  test('states what a page loads, to the kilobyte', () => {
    const folder = join(root, 'dist/cdn');
    const { models, features } = JSON.parse(readFileSync(join(folder, 'preload.json'), 'utf8')) as {
      models: Record<string, string[]>;
      features: Record<string, string[]>;
    };
    const kilobytes = (files: readonly string[]): number =>
      files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) / 1000;
    const [script, model] = models.compact;
    const claims: [RegExp, readonly string[]][] = [
      [/a page loads (\d+) KB/, [script, model]],
      [/the script \((\d+) KB\)/, [script]],
      [/the model \((\d+) KB\)/, [model]],
      [/(\d+) KB for WebGPU/, features['webgpu, compact']],
      [/reading pictures \((\d+) KB\)/, features.pictures],
      [/numbers \((\d+) KB\)/, features.multiple],
      [/explaining an answer \((\d+) KB\)/, features['preview views']],
      [/storing a profile \((\d+) KB\)/, features.learn],
      [/making PNGs and replaying strokes \((\d+) KB each\)/, features.png],
      [/making PNGs and replaying strokes \((\d+) KB each\)/, features.replay],
      [/the program of `reference` \((\d+) KB\)/, models.reference.slice(2)],
    ];
    for (const [claim, files] of claims) {
      const [stated, size] = [Number(claim.exec(readme)?.[1]), kilobytes(files)];
      assert.ok(Math.abs(stated - size) < 1, `${claim}: ${stated} instead of ${size}`);
    }
  });

  test("states each model's size, its figures from the card, and those of non-digits from the catalog", () => {
    const card = readFileSync(join(root, 'models/README.md'), 'utf8');
    /** A model's figures through the product: right, best guess and refused. */
    const measured = (model: string, set: string): string => {
      const [, table] = card.split(`| \`${model}\` | digits |`);
      const row = table.split('\n').find((line) => line.startsWith(`| ${set}`) || line.includes(`(\`${set}\`)`));
      const shares = [...(row ?? '').matchAll(/([\d.]+) % \(/g)].map(([, share]) => share);
      return `${shares.join(' / ')} %`;
    };
    const { models } = JSON.parse(readFileSync(join(root, 'models/catalog.json'), 'utf8')) as {
      models: {
        name: string;
        bytes: number;
        parameters: number;
        nonDigits: Record<string, { refused: number }>;
      }[];
    };
    for (const { name, bytes, parameters, nonDigits } of models) {
      for (const set of ['letters-measured-donor', 'drawings-validation']) {
        const refused = `${nonDigits[set].refused.toFixed(1)} %`;
        assert.ok(readme.includes(refused), `${name}, ${set}: ${refused}`);
      }
      const row = new RegExp(`^\\| \`${name}\`, .*$`, 'm').exec(readme)?.[0] ?? '';
      assert.ok(row.includes(`| ${parameters.toLocaleString('en')}`), row);
      assert.ok(row.includes(`| ${Math.round(bytes / 1000)} KB |`), row);
      for (const set of ['MNIST, test set', 'finger-digits-dev', 'handdrawn-digits-dev', 'crohme-digits-dev']) {
        const cell = measured(name, set);
        assert.match(cell, /^[\d.]+ \/ [\d.]+ \/ [\d.]+ %$/, `${name}, ${set} in the card`);
        assert.ok(row.includes(`| ${cell} |`), `${name}, ${set}: ${cell} is not in: ${row}`);
      }
    }
  });

  test('names only existing files, exports and commands', () => {
    const { scripts, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
      exports: Record<string, unknown>;
    };
    for (const [, name] of readme.matchAll(/`npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
    for (const [, path] of readme.matchAll(/'digit-recognizer(\/[\w/-]+)?'/g)) {
      const name = `.${path ?? ''}`;
      assert.ok(name in exports || name.startsWith('./define/'), name);
    }
    for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) assert.ok(existsSync(join(root, path)), path);
  });
});
