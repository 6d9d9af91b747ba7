import { isServer } from 'lit';

/**
 * Whether elements are rendered to text, without a DOM. In Node, `isServer` alone does not tell: unit tests of pages
 * provide a DOM there, with Lit's build for servers.
 */
export const onServer: boolean = isServer && !('document' in globalThis);
