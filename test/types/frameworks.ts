/** Code that must, or must not, pass the type checker of a Vue or Svelte project. Never run. */
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';
import type {} from '../../src/svelte.js';
import type {} from '../../src/vue.js';

type VueProperties = InstanceType<GlobalComponents['digit-recognizer']>['$props'];

export const vue: VueProperties = { backend: 'wasm', top: 5, readOnly: true, class: 'wide' };
// @ts-expect-error there is no such backend
export const wrongVue: VueProperties = { backend: 'gpu' };

export const svelte: SvelteHTMLElements['digit-recognizer'] = {
  backend: 'wasm',
  readonly: true,
  'always-answer': true,
  learn: true,
  class: 'wide',
  'ondigit-recognition': ({ recognition }) => console.log(recognition?.digit),
  'ondigit-correction': ({ digit }) => console.log(digit),
};
export const svelteOutside: SvelteHTMLElements['digit-preview'] = { for: 'recognizer' };
// @ts-expect-error there is no such backend
export const wrongSvelte: SvelteHTMLElements['digit-recognizer'] = { backend: 'gpu' };
