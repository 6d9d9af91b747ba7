/// <reference types="vite/client" />

export interface Described {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
}

export interface Member extends Described {
  readonly kind: 'field' | 'method';
  /** The attribute of a property. */
  readonly attribute?: string;
  readonly type?: { readonly text: string };
  readonly parameters?: readonly Described[];
}

/** The parts of an element's entry in the custom elements manifest that are used here. */
export interface ElementDeclaration {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members?: readonly Member[];
  /** `fieldName`: the property that it sets, if any. */
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

/** The manifest of the elements' sources. */
export const manifest: Manifest = found;

/** The entries of all tags. */
export const elements: readonly ElementDeclaration[] = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .filter(({ tagName }) => tagName);

/** Returns the entry of a tag. */
export const findElement = (tag: string | undefined): ElementDeclaration | undefined =>
  elements.find(({ tagName }) => tagName === tag);
