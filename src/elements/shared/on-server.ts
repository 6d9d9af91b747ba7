import { isServer } from 'lit';

/**
 * Whether elements are rendered to text, without a DOM. In Node that is not certain: the unit tests of pages give it one,
 * while Lit, there, is the build for servers.
 */
export const onServer: boolean = isServer && !('document' in globalThis);
