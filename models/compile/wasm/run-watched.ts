/** Runs a snapshot with changed functions, which leave notes in memory above ONNX Runtime's own. */
import { concat, unsigned } from './binary.js';
import type { Snapshot } from './capture.js';
import { detach, pagesFor, type Detachment } from './detach.js';
import { exportedFunction } from './functions.js';
import { I32, i32Const, op } from './opcodes.js';

/** What is changed, and how much memory there is with the notes, in bytes. */
export interface Watch extends Pick<Detachment, 'rewrite' | 'functions'> {
  readonly top: number;
}

/**
 * Runs `input` watched.
 * @returns the memory afterwards
 * @throws {WebAssembly.RuntimeError} where a run does what a program cannot: grow memory, wait, or call an import
 */
export function runWatched(snapshot: Snapshot, input: Float32Array, { top, rewrite, functions }: Watch): Uint8Array {
  const { module, memory, run } = snapshot;
  const body = concat([
    [0],
    ...run.parameters.map(i32Const),
    [op.call, ...unsigned(exportedFunction(module, run.name)), op.end],
  ]);
  const watched = detach(snapshot, {
    pages: pagesFor(top),
    data: [{ address: 0, bytes: memory }],
    rewrite,
    keepSlot: () => true,
    functions: () => [...functions(), { name: 'run', type: { parameters: [], results: [I32] }, body }],
  });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(watched));
  const exports = instance.exports as { memory: WebAssembly.Memory; run: () => number };
  new Float32Array(exports.memory.buffer, snapshot.input.address, input.length).set(input);
  const code = exports.run();
  if (code !== 0) throw new Error(`The watched run failed with status ${code}.`);
  return new Uint8Array(exports.memory.buffer);
}
