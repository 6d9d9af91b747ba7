export type { Backend, BackendPreference } from './backend.js';
export type { Decision } from './decision.js';
export type { EngineKind } from './engines/engine-kind.js';
export { BackendChangeEvent } from './events/backend-change-event.js';
export { LoadProgressEvent } from './events/load-progress-event.js';
export { StatusChangeEvent } from './events/status-change-event.js';
export { InferenceError, type InferenceErrorCode } from './inference-error.js';
export { fetchAhead } from './fetch-ahead.js';
export {
  InferenceService,
  type InferenceServiceOptions,
  type RunOptions,
  type RunResult,
} from './inference-service.js';
export type { InferenceStatus } from './inference-status.js';
