/** State of a service: not requested yet, starting an engine, ready to answer, or without a working engine. */
export type InferenceStatus = 'idle' | 'loading' | 'ready' | 'error';
