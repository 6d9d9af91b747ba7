export { describeValue } from './describe-value.js';
export { whenIdle } from './idle.js';
export { importOnce, retryByUrl } from './import-once.js';
export { nextTask } from './next-task.js';
export { checkOption, hasMethod, readOptions, readParts } from './read-options.js';
