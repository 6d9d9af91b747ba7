/**
 * Serves each test file bundled with the sources that it imports. Otherwise, a page takes seconds to request some 200
 * modules one by one, and so does each of the 160 pages of a run, since they share no cache.
 */
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { TestRunnerConfig } from '@web/test-runner';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { build as bundle, transform, type BuildOptions, type Plugin } from 'esbuild';
import { globSync } from 'tinyglobby';
import { collapseTemplates } from '../../scripts/build/minify-sources.js';
import { root } from '../../scripts/setup.js';
import { hydrationSupport } from './server-render.js';

const options = {
  absWorkingDir: root,
  outbase: root,
  bundle: true,
  // The package declares the side effects of its built files, not of its sources.
  ignoreAnnotations: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  logLevel: 'silent',
  conditions: ['development', 'module'],
} satisfies BuildOptions;

/** Tests of which modules a page fetches, and when: their modules are served individually. */
const unbundled = ['test/elements/digit-preview/digit-preview.test.ts', 'test/elements/shared/digit-languages.test.ts'];

/** The URL of a file on the test server. */
const urlPath = (path: string): string => `/${relative(root, path).split(sep).join('/')}`;

/** The URL of a package's bundle. */
const packageUrl = (name: string): string => `/bundled/${name}.js`;

/** Leaves packages to separate bundles, which the entire page shares, and collects their names. */
const separatePackages = (names: Set<string>): Plugin => ({
  name: 'separate-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      names.add(path);
      return { path: packageUrl(path), external: true };
    });
  },
});

/** Preserves a source's `import.meta.url`, although the bundle is elsewhere. */
const keepModuleUrls: Plugin = {
  name: 'keep-module-urls',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta')) return undefined;
      const { code } = await transform(source, {
        loader: 'ts',
        target: options.target,
        sourcefile: path,
        sourcemap: 'inline',
        banner: `const moduleUrl = new URL(${JSON.stringify(urlPath(path))}, location.href).href;`,
        define: { 'import.meta.url': 'moduleUrl' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/**
 * A module with templates as in the built package. Otherwise, elements could not hydrate what that has rendered on a
 * server.
 */
function withPackagedTemplates(source: string): string | null {
  const collapsed = collapseTemplates(source);
  return collapsed && `${collapsed.toString()}\n//# sourceMappingURL=${collapsed.generateMap({ hires: true }).toUrl()}`;
}

const packagedTemplates: Plugin = {
  name: 'packaged-templates',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]elements[\\/].*\.ts$/ }, async ({ path }) => {
      const contents = withPackagedTemplates(await readFile(path, 'utf8'));
      return contents === null ? undefined : { contents, loader: 'ts' };
    });
  },
};

/** The web-test-runner plugin that serves single modules like that. */
export function packagedTemplatesPlugin(): TestRunnerPlugin {
  return {
    name: 'packaged-templates',
    transform: ({ path, body }) =>
      path.startsWith('/src/elements/') && typeof body === 'string'
        ? (withPackagedTemplates(body) ?? undefined)
        : undefined,
  };
}

/**
 * Bundles test files.
 * @param groups glob patterns of each group of test files
 * @returns configuration that serves the bundles instead of the files
 * @throws {BuildFailure} where an import leads nowhere or a file is not valid TypeScript
 */
export async function bundleTests(
  groups: readonly (string | readonly string[])[],
): Promise<Required<Pick<TestRunnerConfig, 'middleware' | 'plugins'>>> {
  const names = new Set([hydrationSupport]);
  const tests = await bundle({
    ...options,
    entryPoints: [...new Set(groups.flatMap((patterns) => globSync(patterns, { cwd: root, ignore: unbundled })))],
    outdir: root,
    sourcemap: 'linked',
    plugins: [separatePackages(names), keepModuleUrls, packagedTemplates],
  });
  const shared = await bundle({
    ...options,
    entryPoints: Object.fromEntries([...names].map((name) => [name, name])),
    outdir: join(root, 'bundled'),
    splitting: true,
    external: ['/__web-dev-server__web-socket.js', 'module', 'worker_threads', 'node:*'],
  });
  const bundles = new Map(
    [...tests.outputFiles, ...shared.outputFiles].map(({ path, contents }) => [urlPath(path), Buffer.from(contents)]),
  );
  return {
    middleware: [
      (context, next) => {
        const contents = bundles.get(context.path.replace(/\.test\.ts$/, '.test.js'));
        if (!contents) return next();
        context.type = context.path.endsWith('.map') ? 'json' : 'js';
        // A page runs one test file after another, and keeps shared modules.
        if (context.path.startsWith(packageUrl('').replace(/\.js$/, ''))) context.set('cache-control', 'max-age=3600');
        context.body = contents;
        return undefined;
      },
    ],
    plugins: [
      {
        name: 'bundled-packages',
        // For direct imports by a page: they must get the same module as the bundles.
        resolveImport: ({ source }) => (names.has(source) ? packageUrl(source) : undefined),
      },
    ],
  };
}
