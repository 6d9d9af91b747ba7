/** Where the network runs. */
export type Backend = 'webgpu' | 'wasm';

/** `auto` starts on WASM and switches to WebGPU if that proves correct and fast; the others are used as requested. */
export type BackendPreference = 'auto' | Backend;
