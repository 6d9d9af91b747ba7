/**
 * Step 3 of freezing: writes the program, a WebAssembly module without imports that exports `memory`, `load` and `run`.
 *
 * Relied on: binaryen keeps what a module computes, floating point included, while it takes out what cannot be reached.
 */
import binaryen from 'binaryen';
import { concat, pagesFor, Reader, readSections, Section, signed, unsigned } from '../binary.js';
import type { Snapshot } from '../capture.js';
import { define, kernelsOf, type Kernel } from '../kernels/kernel.js';
import { loadTensor } from '../kernels/load.js';
import {
  detach,
  exportedFunction,
  functionCount,
  I32,
  i32Const,
  op,
  TRAP,
  type ExportedFunction,
  type FunctionDefinition,
} from './detach.js';
import type { FrozenContent } from './prune.js';
import type { Trace } from './trace.js';

export function emit(snapshot: Snapshot, trace: Trace, content: FrozenContent): Uint8Array<ArrayBuffer> {
  const detached = detach(snapshot, {
    pages: pagesFor(content.top),
    data: content.data,
    rewrite: (index, body) => (trace.functions[index] ? body : TRAP),
    keepSlot: (slot) => trace.slots[slot] === 1,
    functions: () => [runFunction(snapshot, content), ...loadFunctions(functionCount(snapshot.module) + 1, content)],
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

/**
 * Puts the weights in their places, by kernels that come after it.
 * @param index its number
 */
function loadFunctions(index: number, { model, placements }: FrozenContent) {
  const loads = placements.map((placement) => loadTensor(placement, model.address));
  const kernels = kernelsOf(loads);
  const calls = loads.map(({ kernel, values }) => [
    ...kernel.parameters.flatMap((parameter) => i32Const(values[parameter])),
    ...[op.call, ...unsigned(index + 1 + kernels.findIndex(({ name }) => name === kernel.name))],
  ]);
  const load: ExportedFunction = {
    name: 'load',
    type: { parameters: [], results: [] },
    body: Uint8Array.from([0, ...calls.flat(), op.end]),
  };
  return [load, ...kernels.map(defineKernel)];
}

/** A kernel, which calls nothing, as a function of another module. */
function defineKernel(kernel: Kernel): FunctionDefinition {
  const module = binaryen.parseText(`(module (memory 1) ${define(kernel)} (export "kernel" (func $${kernel.name})))`);
  try {
    const code = readSections(module.emitBinary()).find(({ id }) => id === Section.code);
    if (!code) throw new Error(`The kernel ${kernel.name} has no code.`);
    const reader = new Reader(code.bytes);
    const [body] = reader.list(() => reader.take(reader.unsigned()));
    return { type: { parameters: kernel.parameters.map(() => I32), results: [] }, body };
  } finally {
    module.dispose();
  }
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
