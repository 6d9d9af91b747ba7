/** Where a service stands: nothing asked for yet, an engine being started, an engine that answers, or none to be had. */
export type InferenceStatus = 'idle' | 'loading' | 'ready' | 'error';
