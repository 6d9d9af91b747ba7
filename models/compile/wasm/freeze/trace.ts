/**
 * Step 1 of freezing: runs the snapshot once more, watched, to find out what a run needs: which functions it executes,
 * which places of the table it calls through, which bytes it reads before it has written them, and which it writes.
 *
 * The module watches itself: every load, store, indirect call and function is preceded by a note in memory that lies
 * above ONNX Runtime's own. Relied on: what a run does depends on the model, not on the values of the input, which
 * `check.ts` puts to the test; and every instruction that touches memory is known to `instructions.ts`, which refuses
 * others.
 */
import type { Snapshot } from '../capture.js';
import type { DataSegment } from '../content.js';
import { concat, pagesFor, Reader, unsigned } from '../binary.js';
import {
  detach,
  exportedFunction,
  functionCount,
  I32,
  i32Const,
  I64,
  op,
  tableSize,
  type FunctionDefinition,
} from './detach.js';
import { readInstruction, type MemoryAccess, type ValueType } from './instructions.js';

/** What a run needs. */
export interface Trace {
  /** By function number: whether it is executed. */
  readonly functions: Uint8Array;
  /** By place in the table: whether it is called through. */
  readonly slots: Uint8Array;
  /** By address: `READ`, `WRITTEN` or both; READ only where it is read before it is written. */
  readonly memory: Uint8Array;
}

export const READ = 1;
export const WRITTEN = 2;

const valueTypes: Record<ValueType, number> = { i32: I32, i64: I64, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** Addresses of the notes: one byte per byte of memory, per place in the table and per function. */
interface Notes {
  readonly memory: number;
  readonly slots: number;
  readonly functions: number;
  readonly top: number;
}

/**
 * Runs `input` watched.
 * @throws {WebAssembly.RuntimeError} where a run does what a program cannot: grow memory, wait, or call an import
 */
export function trace(snapshot: Snapshot, input: Float32Array): Trace {
  const { module, memory, run } = snapshot;
  const notes = layOut(memory.length, tableSize(module), functionCount(module));
  const watch = new Watch(functionCount(module), notes);
  const entry: FunctionDefinition = {
    type: { parameters: [], results: [I32] },
    body: concat([
      [0],
      ...run.parameters.map(i32Const),
      [op.call],
      unsigned(exportedFunction(module, run.name)),
      [op.end],
    ]),
  };
  const data: DataSegment[] = [{ address: 0, bytes: memory }];
  const watched = detach(snapshot, {
    pages: pagesFor(notes.top),
    data,
    rewrite: (index, body) => watch.rewrite(index, body),
    keepSlot: () => true,
    functions: () => [...watch.definitions(), { ...entry, name: 'run' }],
  });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(watched));
  const exports = instance.exports as { memory: WebAssembly.Memory; run: () => number };
  const bytes = new Uint8Array(exports.memory.buffer);
  new Float32Array(bytes.buffer, snapshot.input.address, input.length).set(input);
  const code = exports.run();
  if (code !== 0) throw new Error(`The watched run failed with status ${code}.`);
  return {
    functions: bytes.slice(notes.functions, notes.top),
    slots: bytes.slice(notes.slots, notes.functions),
    memory: bytes.slice(notes.memory, notes.slots),
  };
}

function layOut(memory: number, slots: number, functions: number): Notes {
  return { memory, slots: 2 * memory, functions: 2 * memory + slots, top: 2 * memory + slots + functions };
}

/** Puts a note before everything that is watched. */
class Watch {
  readonly #notes: Notes;
  readonly #firstFunction: number;
  readonly #definitions: FunctionDefinition[] = [];
  readonly #hooks = new Map<string, number>();
  readonly #mark: number;

  constructor(firstFunction: number, notes: Notes) {
    this.#notes = notes;
    this.#firstFunction = firstFunction;
    this.#mark = this.#define({
      type: { parameters: [I32, I32, I32, I32], results: [] },
      body: markBody(notes.memory),
    });
  }

  definitions(): readonly FunctionDefinition[] {
    return this.#definitions;
  }

  /** A function body with notes. */
  rewrite(index: number, body: Uint8Array): Uint8Array {
    const reader = new Reader(body);
    const locals = reader.slice(() =>
      reader.list(() => {
        reader.unsigned();
        reader.byte();
      }),
    );
    const parts: (readonly number[] | Uint8Array)[] = [locals, note(this.#notes.functions + index)];
    while (!reader.atEnd) {
      const start = reader.position;
      const instruction = readInstruction(reader);
      switch (instruction.kind) {
        case 'memory':
          parts.push(this.#beforeAccess(instruction.access));
          break;
        case 'call-indirect':
          parts.push([op.call, ...unsigned(this.#slotHook())]);
          break;
        case 'memory-copy':
        case 'memory-fill':
          parts.push([op.call, ...unsigned(this.#bulkHook(instruction.kind))]);
          break;
        case 'memory-init':
        case 'memory-grow':
        case 'memory-wait':
          parts.push([op.unreachable]);
          break;
        default:
      }
      parts.push(body.subarray(start, reader.position));
    }
    return concat(parts);
  }

  #define(definition: FunctionDefinition): number {
    return this.#firstFunction + this.#definitions.push(definition) - 1;
  }

  #hook(key: string, definition: () => FunctionDefinition): number {
    let index = this.#hooks.get(key);
    if (index === undefined) this.#hooks.set(key, (index = this.#define(definition())));
    return index;
  }

  /** Takes what lies on the stack before a load or store, the address lowest, notes it, and puts it back. */
  #beforeAccess({ kind, bytes, offset, value }: MemoryAccess): number[] {
    const values = value ? (kind === 'compare-exchange' ? [value, value] : [value]) : [];
    const mode = { load: READ, store: WRITTEN, exchange: READ | WRITTEN, 'compare-exchange': READ | WRITTEN }[kind];
    const types = [I32, ...values.map((type) => valueTypes[type])];
    const hook = this.#hook(`access ${types.join(' ')}`, () => ({
      type: { parameters: [...types, I32, I32, I32], results: types },
      body: Uint8Array.from([
        0,
        ...[0, types.length, types.length + 1, types.length + 2].flatMap((local) => [op.localGet, local]),
        ...[op.call, ...unsigned(this.#mark)],
        ...types.flatMap((_, local) => [op.localGet, local]),
        op.end,
      ]),
    }));
    return [...i32Const(offset), ...i32Const(bytes), ...i32Const(mode), op.call, ...unsigned(hook)];
  }

  #slotHook(): number {
    return this.#hook('slot', () => ({
      type: { parameters: [I32], results: [I32] },
      body: Uint8Array.from([
        ...[0, op.localGet, 0, ...i32Const(1), op.i32Store8, 0, ...unsigned(this.#notes.slots)],
        ...[op.localGet, 0, op.end],
      ]),
    }));
  }

  /** For `memory.copy` (to, from, length) and `memory.fill` (to, value, length). */
  #bulkHook(kind: 'memory-copy' | 'memory-fill'): number {
    const mark = (address: number, mode: number) => [
      ...[op.localGet, address, ...i32Const(0), op.localGet, 2, ...i32Const(mode), op.call, ...unsigned(this.#mark)],
    ];
    return this.#hook(kind, () => ({
      type: { parameters: [I32, I32, I32], results: [I32, I32, I32] },
      body: Uint8Array.from([
        ...[0, ...(kind === 'memory-copy' ? mark(1, READ) : []), ...mark(0, WRITTEN)],
        ...[op.localGet, 0, op.localGet, 1, op.localGet, 2, op.end],
      ]),
    }));
  }
}

/** Stores 1 at a fixed address. */
function note(address: number): number[] {
  return [...i32Const(0), ...i32Const(1), op.i32Store8, 0, ...unsigned(address)];
}

/**
 * `mark(address, offset, bytes, mode)`: for each of the bytes, notes that it was written where `mode` has WRITTEN, and
 * that it was read where `mode` has READ and it was not written before. Traps beyond the memory that is watched.
 */
function markBody(memoryLength: number): Uint8Array {
  const [ADDRESS, OFFSET, BYTES, MODE, END, STATE] = [0, 1, 2, 3, 4, 5];
  const get = (local: number) => [op.localGet, local];
  const set = (local: number) => [op.localSet, local];
  const [add, and, or, xor, shiftRight, greater, less] = [0x6a, 0x71, 0x72, 0x73, 0x76, 0x4b, 0x49];
  const [block, loop, branchIf, empty, load8] = [0x02, 0x03, 0x0d, 0x40, 0x2d];
  const shadow = unsigned(memoryLength);
  return Uint8Array.from([
    ...[1, 2, I32],
    ...[...get(ADDRESS), ...get(OFFSET), add, ...set(ADDRESS)],
    ...[...get(ADDRESS), ...get(BYTES), add, ...set(END)],
    ...[...get(END), ...i32Const(memoryLength), greater, 0x04, empty, op.unreachable, op.end],
    ...[block, empty, ...get(ADDRESS), ...get(END), less, 0x45, branchIf, 0, loop, empty],
    ...[...get(ADDRESS), load8, 0, ...shadow, ...set(STATE)],
    ...get(ADDRESS),
    ...get(STATE),
    ...[...get(MODE), ...i32Const(READ), and, ...get(STATE), ...i32Const(1), shiftRight, ...i32Const(-1), xor, and, or],
    ...[...get(MODE), ...i32Const(WRITTEN), and, or],
    ...[op.i32Store8, 0, ...shadow],
    ...[...get(ADDRESS), ...i32Const(1), add, ...set(ADDRESS)],
    ...[...get(ADDRESS), ...get(END), less, branchIf, 0, op.end, op.end, op.end],
  ]);
}
