/** Types of the tags in Svelte templates: `import type {} from 'digit-recognizer/svelte';` in any module of the project. */
import type { HTMLAttributes } from 'svelte/elements';
import type { ElementEvents, ElementProperties, Elements } from './element-types.js';

/** Attributes whose properties have other names. */
interface Attributes {
  readonly for?: string | undefined;
  readonly readonly?: boolean | undefined;
  readonly 'always-answer'?: boolean | undefined;
}

type Properties<Name extends keyof Elements> = Omit<
  HTMLAttributes<Elements[Name]>,
  keyof ElementProperties<Elements[Name]>
> &
  ElementProperties<Elements[Name]> &
  Attributes & {
    [Event in keyof ElementEvents[Name] & string as `on${Event}`]?: (event: ElementEvents[Name][Event]) => void;
  };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'digit-recognizer': Properties<'digit-recognizer'>;
    'digit-pad': Properties<'digit-pad'>;
    'digit-preview': Properties<'digit-preview'>;
    'digit-predictions': Properties<'digit-predictions'>;
  }
}
