/**
 * Step 5: writes the program, a WebAssembly module without imports that exports `memory` and `run`.
 *
 * Relied on: binaryen keeps what a module computes, floating point included, while it takes out what cannot be reached.
 */
import binaryen from 'binaryen';
import { concat, signed, unsigned } from '../binary.js';
import type { Snapshot } from '../capture.js';
import { detach, exportedFunction, I32, i32Const, op, pagesFor, TRAP, type ExportedFunction } from './detach.js';
import type { FrozenContent } from './prune.js';
import type { Trace } from './trace.js';

export function emit(snapshot: Snapshot, trace: Trace, content: FrozenContent): Uint8Array<ArrayBuffer> {
  const detached = detach(snapshot, {
    pages: pagesFor(content.top),
    data: content.data,
    rewrite: (index, body) => (trace.functions[index] ? body : TRAP),
    keepSlot: (slot) => trace.slots[slot] === 1,
    functions: () => [runFunction(snapshot, content)],
  });
  return optimize(detached);
}

/** Puts everything back as it was in the snapshot, then calls OrtRun; returns its status, 0 where all went well. */
function runFunction({ module, globals, run }: Snapshot, { restored }: FrozenContent): ExportedFunction {
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
