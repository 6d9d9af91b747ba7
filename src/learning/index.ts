export { LearningError, type LearningErrorCode } from './learning-error.js';
export { pageProfile } from './page-profiles.js';
export type { ProfileJSON } from './profile-json.js';
export { WriterProfile } from './writer-profile.js';
