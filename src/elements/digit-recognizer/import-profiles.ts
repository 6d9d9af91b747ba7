import { RecognitionError } from '../../sources/index.js';
import { importOnce } from '../../utils/index.js';

/** Fetches the code for the page's profiles, on first use. */
export const importProfiles = importOnce(() => import('../../learning/page-profiles.js'), 'learns', RecognitionError);
