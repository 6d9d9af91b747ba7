import tseslint from 'typescript-eslint';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as webComponents } from 'eslint-plugin-wc';

const rooms = ['elements', 'learning', 'recognition', 'drawing', 'imaging', 'inference'];

/**
 * Forbids imports from the given folders of src/.
 * @param {string[]} folders
 * @param {string} message
 * @returns {['error', { patterns: { group: string[], message: string }[] }]}
 */
const noImportsFrom = (folders, message) => [
  'error',
  { patterns: [{ group: folders.flatMap((folder) => [`../${folder}/**`, `../../${folder}/**`]), message }] },
];

export default tseslint.config(
  {
    ignores: [
      'dist',
      'site',
      'storybook-static',
      'coverage',
      'results',
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
    files: ['src/{recognition,learning,messages}/**'],
    rules: { 'no-restricted-imports': noImportsFrom(['elements'], 'Arrows run from the elements inwards.') },
  },
  ...['drawing', 'imaging', 'inference'].map((folder) => ({
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': noImportsFrom(
        rooms.filter((other) => other !== folder),
        'drawing, imaging and inference know neither each other nor what is above them.',
      ),
    },
  })),
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
