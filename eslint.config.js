import tseslint from 'typescript-eslint';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as webComponents } from 'eslint-plugin-wc';

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
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  lit['flat/recommended'],
  webComponents['flat/best-practice'],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
    },
  },
  {
    // The arrows of the house: drawing, imaging and inference know neither each other nor any element.
    files: ['src/{drawing,imaging,inference,recognition,messages}/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/elements/**'], message: 'Arrows run from the elements inwards.' }] },
      ],
    },
  },
  ...['drawing', 'imaging', 'inference'].map((folder) => ({
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['elements', 'recognition', 'drawing', 'imaging', 'inference']
                .filter((other) => other !== folder)
                .map((other) => `../${other}/**`)
                .concat(
                  ['elements', 'recognition', 'drawing', 'imaging', 'inference']
                    .filter((other) => other !== folder)
                    .map((other) => `../../${other}/**`),
                ),
              message: 'drawing, imaging and inference know neither each other nor what is above them.',
            },
          ],
        },
      ],
    },
  })),
  {
    files: ['scripts/**', 'test/**', 'models/**', '*.config.*'],
    rules: { 'no-console': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', 'wc/guard-super-call': 'off' },
  },
);
