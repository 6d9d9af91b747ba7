/// <reference types="vite/client" />

export interface Described {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
}

export interface Member extends Described {
  readonly kind: 'field' | 'method';
  /** Of a property that is an attribute as well. */
  readonly attribute?: string;
  readonly type?: { readonly text: string };
  readonly parameters?: readonly Described[];
}

/** As much of an element's entry in the custom elements manifest as is read here. */
export interface ElementDeclaration {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members?: readonly Member[];
  /** `fieldName`: the property that it sets, where there is one. */
  readonly attributes?: readonly (Described & { readonly fieldName?: string })[];
  readonly events?: readonly Described[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
  readonly cssStates?: readonly Described[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly ElementDeclaration[] }[];
}

const manifests = import.meta.glob<Manifest>('../custom-elements.json', { eager: true, import: 'default' });
const found = Object.values(manifests).at(0);
if (!found) throw new Error('There is no manifest. Run: npm run manifest');

/** What is said of the elements in their sources. */
export const manifest: Manifest = found;

/** What it says of each tag. */
export const elements: readonly ElementDeclaration[] = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .filter(({ tagName }) => tagName);

/** What it says of one tag. */
export const findElement = (tag: string | undefined): ElementDeclaration | undefined =>
  elements.find(({ tagName }) => tagName === tag);
