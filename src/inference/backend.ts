/** What runs the network. */
export type Backend = 'webgpu' | 'wasm';

/** What is asked for: `auto` begins on WASM and changes to WebGPU where that proves right and quick; the others are obeyed. */
export type BackendPreference = 'auto' | Backend;
