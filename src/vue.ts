/** Types of the tags in Vue templates: `import type {} from 'digit-recognizer/vue';` in any module of the project. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { ElementEvents, ElementProperties, Elements } from './element-types.js';

/** Supports `v-model` on tags that have a value. */
type Model<E> = E extends { value: infer Value } ? { modelValue?: Value } : unknown;

type Component<Name extends keyof Elements> = new () => Elements[Name] & {
  /** @deprecated Only for Vue's type checker, absent at run time: the tag's properties. */
  $props: ElementProperties<Elements[Name]> & Model<Elements[Name]> & HTMLAttributes & PublicProps;
  /** @deprecated Only for Vue's type checker, absent at run time: the tag's events. */
  $emit: EmitFn<{ [Event in keyof ElementEvents[Name]]: (event: ElementEvents[Name][Event]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
    'digit-recognizer': Component<'digit-recognizer'>;
    'digit-pad': Component<'digit-pad'>;
    'digit-preview': Component<'digit-preview'>;
    'digit-predictions': Component<'digit-predictions'>;
  }
}
