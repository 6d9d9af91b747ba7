/**
 * What is used of `@lit/context`. The build bundles its code (5 KB), so that the package need not depend on it: installed,
 * it has 260 KB. Elements still meet those of other packages by the events of the protocol, whose code they do not share:
 * https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md
 */
/** @internal */
export { ContextConsumer, ContextEvent, ContextProvider, ContextRoot, createContext } from '@lit/context';
