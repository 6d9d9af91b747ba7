/**
 * The parts of `@lit/context` in use. The build bundles their code (5 KB), so that the package need not depend on it:
 * installed, it has 260 KB. Elements still work with those of other packages, through the protocol's events, which need
 * no shared code: https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md
 */
/** @internal */
export { ContextConsumer, ContextEvent, ContextProvider, ContextRoot, createContext } from '@lit/context';
