export { LearningError, type LearningErrorCode } from './learning-error.js';
export type { ProfileJSON } from './profile-json.js';
export { WriterProfile } from './writer-profile.js';
