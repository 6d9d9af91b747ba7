import type {} from 'digit-recognizer/svelte';
import type {} from 'digit-recognizer/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

export const svelte: SvelteHTMLElements['digit-recognizer'] = { backend: 'wasm', class: 'wide' };
export const vue: InstanceType<GlobalComponents['digit-recognizer']>['$props'] = { backend: 'wasm', top: 5 };

// @ts-expect-error there is no such backend
export const wrongSvelte: SvelteHTMLElements['digit-recognizer'] = { backend: 'gpu' };
// @ts-expect-error there is no such backend
export const wrongVue: InstanceType<GlobalComponents['digit-recognizer']>['$props'] = { backend: 'gpu' };
