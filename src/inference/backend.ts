/** What runs the network. */
export type Backend = 'webgpu' | 'wasm';

/** What is asked for: `auto` takes WebGPU where a real adapter gives a device, else WASM; the others are obeyed. */
export type BackendPreference = 'auto' | Backend;
