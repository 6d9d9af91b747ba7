/**
 * Step 7: writes the program, a WebAssembly module without imports that exports `memory` and `run`.
 *
 * Relied on: binaryen keeps what a module computes, floating point included, while it takes out what cannot be reached.
 */
import binaryen from 'binaryen';
import { PROGRAM_SECTION, type WasmProgramDescription } from '../../../src/inference/engines/wasm-program-format.js';
import { concat, name, Section, signed, unsigned } from './binary.js';
import type { Snapshot } from './capture.js';
import { detach, pagesFor, type ExportedFunction } from './detach.js';
import { exportedFunction } from './functions.js';
import { I32, i32Const, op, TRAP } from './opcodes.js';
import type { ProgramContent } from './prune.js';
import type { Trace } from './trace.js';

/** The program, without the description that `describe` adds. */
export function emit(snapshot: Snapshot, trace: Trace, content: ProgramContent): Uint8Array<ArrayBuffer> {
  const detached = detach(snapshot, {
    pages: pagesFor(content.top),
    data: content.data,
    rewrite: (index, body) => (trace.functions[index] ? body : TRAP),
    keepSlot: (slot) => trace.slots[slot] === 1,
    functions: () => [runFunction(snapshot, content)],
  });
  return optimize(detached);
}

/** Appends the description as a custom section. */
export function describe(program: Uint8Array, description: WasmProgramDescription): Uint8Array<ArrayBuffer> {
  const bytes = concat([name(PROGRAM_SECTION), new TextEncoder().encode(JSON.stringify(description))]);
  return Uint8Array.from(concat([program, [Section.custom], unsigned(bytes.length), bytes]));
}

/** Puts everything back as it was in the snapshot, then calls OrtRun; returns its status, 0 where all went well. */
function runFunction({ module, globals, run }: Snapshot, { restored }: ProgramContent): ExportedFunction {
  const body = [
    [0],
    ...[...globals].map(([index, value]) => [...i32Const(value), op.globalSet, ...unsigned(index)]),
    ...restored.map(({ address, value }) => [
      ...[...i32Const(0), op.i64Const, ...signed(value), op.i64Store, 3, ...unsigned(address)],
    ]),
    ...run.parameters.map(i32Const),
    [op.call, ...unsigned(exportedFunction(module, run.name)), op.end],
  ];
  return { name: 'run', type: { parameters: [], results: [I32] }, body: concat(body) };
}

function optimize(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const parsed = binaryen.readBinary(module);
  const { MVP, Atomics, BulkMemory, BulkMemoryOpt, MutableGlobals, NontrappingFPToInt, SIMD128, SignExt } =
    binaryen.Features;
  const { Multivalue, ReferenceTypes, RelaxedSIMD, ExtendedConst } = binaryen.Features;
  parsed.setFeatures(
    MVP |
      Atomics |
      BulkMemory |
      BulkMemoryOpt |
      MutableGlobals |
      NontrappingFPToInt |
      SIMD128 |
      SignExt |
      Multivalue |
      ReferenceTypes |
      RelaxedSIMD |
      ExtendedConst,
  );
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  parsed.optimize();
  parsed.optimize();
  if (!parsed.validate()) throw new Error('The program is no valid WebAssembly.');
  const bytes = Uint8Array.from(parsed.emitBinary());
  parsed.dispose();
  return bytes;
}
