import tseslint from 'typescript-eslint';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as webComponents } from 'eslint-plugin-wc';

/** Folders of src/ by layer: each may import the index of folders in layers below it. */
const layers = [
  ['utils', 'model'],
  ['drawing', 'imaging', 'messages'],
  ['inference', 'sources'],
  ['recognition', 'learning', 'explain'],
  ['elements'],
];

/** Modules that others import lazily, so that a page fetches them on first use: an index would fetch them at once. */
const lazy = ['model/first-layer', 'drawing/replay-times', 'learning/page-profiles', 'learning/kept-profile'];

/** Entry points, which no folder may import. */
const entries = [
  ...['define', 'define.ts', 'index.ts', 'react.ts', 'vue.ts', 'svelte.ts', 'onnxruntime.ts'],
  ...['cdn.ts', 'cdn-onnxruntime.ts', 'element-types.ts'],
];

const source = (/** @type {string} */ path) => `./src/${path}`;

const lazyModules = (/** @type {string} */ folder) =>
  lazy.filter((path) => path.startsWith(`${folder}/`)).map((path) => `.${path.slice(folder.length)}.ts`);

/** What each folder must not import. */
const borders = layers.flatMap((layer, index) =>
  layer.flatMap((folder) => [
    {
      target: source(folder),
      from: [...layers.slice(index + 1).flat(), ...entries].map(source),
      message:
        'Imports point down: elements; recognition, learning, explain; inference, sources; drawing, imaging, messages; utils, model.',
    },
    ...layers
      .slice(0, index)
      .flat()
      .map((lower) => ({
        target: source(folder),
        from: source(lower),
        except: ['./index.ts', ...lazyModules(lower)],
        message: "Import another folder's index, not its internals.",
      })),
    ...layer
      .filter((neighbor) => neighbor !== folder)
      .map((neighbor) => ({
        target: source(folder),
        from: source(neighbor),
        // Strokes, pixels and texts are independent of each other.
        except: index > 1 ? ['./index.ts'] : [],
        message: "Import a neighbor's index, not its internals.",
      })),
  ]),
);

export default tseslint.config(
  {
    ignores: [
      'dist',
      'site',
      'coverage',
      'results',
      'src/generated',
      'models/training/.venv',
      'models/training/.cache',
      // Separate projects, with their own tools.
      'test/consumers/*/**',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  lit['flat/recommended'],
  webComponents['flat/best-practice'],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // LitElement defines all lifecycle callbacks.
      'wc/guard-super-call': 'off',
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**', 'models/**/*.ts', 'scripts/**'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.js'],
      'import-x/ignore': ['/node_modules/'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: borders }],
    },
  },
  {
    files: ['scripts/**', 'test/**', 'models/**', 'stories/recipes/**', '*.config.*'],
    rules: { 'no-console': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['**/*.js'],
    rules: {
      // These rules do not understand casts in comments; the compiler does.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      // Chai's assertions are properties, some of them thenable.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
