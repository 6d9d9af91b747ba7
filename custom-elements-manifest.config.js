/** Drops what is private from the manifest, so that tools and documentation list only what users may rely on. */
const publicMembersOnly = {
  name: 'public-members-only',
  /** @param {{ customElementsManifest: { modules: { declarations?: { members?: { privacy?: string, name: string }[] }[] }[] } }} context */
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        declaration.members = declaration.members?.filter(
          ({ privacy, name }) =>
            (privacy ?? 'public') === 'public' && !name.startsWith('#') && !name.endsWith('Callback'),
        );
      }
    }
  },
};

export default {
  globs: ['src/elements/*.ts', 'src/define/*.ts'],
  exclude: ['src/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  plugins: [publicMembersOnly],
};
