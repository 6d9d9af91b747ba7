import { pageProfile } from '../../learning/page-profiles.js';
import type { importProfiles as fetchProfiles } from './import-profiles.js';

/**
 * Replaces `import-profiles.ts` in the file for script tags, which contains that code anyway, since it exports
 * `WriterProfile`. A dynamic import of it would have Rolldown wrap all of its modules in functions.
 */
export const importProfiles: typeof fetchProfiles = () => Promise.resolve({ pageProfile });
