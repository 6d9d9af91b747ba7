import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/** @typedef {{ name: string, description?: string, privacy?: string, static?: boolean }} Member */

/** @param {Member} member */
function isPublic({ name, description, privacy, static: ofClass }) {
  if (!description || ofClass || name.startsWith('#') || name.endsWith('Callback')) return false;
  return (privacy ?? 'public') === 'public';
}

/**
 * Drops private members from the manifest, and undocumented members and events that the analyzer infers from the code,
 * so that tools and documentation list only what users may rely on.
 */
const publicMembersOnly = {
  name: 'public-members-only',
  /** @param {{ customElementsManifest: { modules: { declarations?: { members?: Member[] | undefined, events?: { description?: string }[] | undefined }[] }[] } }} context */
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        declaration.members = declaration.members?.filter(isPublic);
        declaration.events = declaration.events?.filter(({ description }) => description);
      }
    }
  },
};

/** Tags by class name. @type {Map<string, string>} */
const tags = new Map();

/**
 * Sets the tags of the classes. The analyzer expects `customElements.define()`; here, a module of src/define calls
 * `defineElement('digit-pad', DigitPad)`.
 */
const tagNames = {
  name: 'tag-names',
  /** @param {{ ts: typeof import('typescript'), node: import('typescript').Node }} context */
  analyzePhase({ ts, node }) {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'defineElement') return;
    const [tag, element] = node.arguments;
    if (ts.isStringLiteral(tag)) tags.set(element.getText(), tag.text);
  },
  /** @param {{ customElementsManifest: { modules: { declarations?: { name: string, tagName?: string }[] }[] } }} context */
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        const tag = tags.get(declaration.name);
        if (tag) declaration.tagName = tag;
      }
    }
  },
};

/** @typedef {{ name: string, module?: string, package?: string }} Reference */
/** @typedef {{ inheritedFrom?: Reference }} Inheritable */
/** @typedef {{ name: string, tagName?: string, superclass?: Reference, members?: Inheritable[], attributes?: Inheritable[], events?: Inheritable[] }} Declaration */
/** @typedef {{ path: string, declarations?: Declaration[], exports?: { name: string, declaration: Reference }[] }} Module */

/**
 * Returns the published file that is built from a source.
 * @param {string} path
 */
const builtFile = (path) => path.replace(/^\/?src\/(.*)\.[jt]s$/, 'dist/$1.js');

/**
 * Drops what the package does not export: the elements' base classes, whose members the analyzer has added to the
 * elements, and modules without any export. Names published files instead of sources.
 */
const publishedOnly = {
  name: 'published-only',
  /** @param {{ customElementsManifest: { modules: Module[] } }} context */
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      module.path = builtFile(module.path);
      module.declarations = module.declarations?.filter(({ tagName }) => tagName) ?? [];
      const elements = module.declarations.map(({ name }) => name);
      module.exports = module.exports?.filter(({ name }) => name === '*' || elements.includes(name)) ?? [];
      for (const { declaration } of module.exports) {
        if (declaration.module) declaration.module = builtFile(declaration.module);
      }
      for (const element of module.declarations) {
        element.superclass = { name: 'LitElement', package: 'lit' };
        for (const each of [element.members, element.attributes, element.events].flat()) delete each?.inheritedFrom;
      }
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(({ exports }) => exports?.length);
  },
};

export default {
  globs: ['src/elements/digit-*/digit-*.ts', 'src/define/*.ts'],
  exclude: ['src/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  plugins: [
    tagNames,
    publicMembersOnly,
    publishedOnly,
    customElementVsCodePlugin({ outdir: '.' }),
    customElementJetBrainsPlugin({ outdir: '.', packageJson: false }),
  ],
};
