import tseslint from 'typescript-eslint';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as webComponents } from 'eslint-plugin-wc';

/** Rooms of src/ by floor: each may import from those below, and from a neighbor its index at most. */
const floors = [
  ['model', 'drawing', 'imaging', 'messages'],
  ['inference', 'sources'],
  ['recognition', 'explain'],
  ['elements'],
];

/** Entry points, which no room may import. */
const entries = ['define', 'define.ts', 'index.ts', 'react.ts', 'vue.ts', 'svelte.ts', 'cdn.ts', 'onnxruntime.ts'];

const source = (/** @type {string} */ path) => `./src/${path}`;

/** What each room may not import. `model` has what every room needs. */
const borders = floors.flatMap((floor, index) =>
  floor.flatMap((room) => [
    {
      target: source(room),
      from: [...floors.slice(index + 1).flat(), ...entries].map(source),
      message: 'Imports point down: elements, recognition and explain, inference and sources, the data rooms.',
    },
    ...floor
      .filter((neighbor) => neighbor !== room && neighbor !== 'model')
      .map((neighbor) => ({
        target: source(room),
        from: source(neighbor),
        // The rooms with data alone know nothing of each other.
        except: index > 0 ? ['./index.ts'] : [],
        message: "Import a neighbor's index, not what is inside of it.",
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
      // Projects of their own, with tools of their own.
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
      // LitElement has all life-cycle callbacks.
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
    // It throws the error of the service that reads it.
    files: ['src/model/webgpu-program-format.ts'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
  {
    files: ['scripts/**', 'test/**', 'models/**', 'stories/recipes/**', '*.config.*'],
    rules: { 'no-console': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['**/*.js'],
    rules: {
      // The rules do not see casts that stand in comments; the compiler does.
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
