/**
 * Step 2 of freezing: decides what of the snapshot a program needs, from the trace.
 *
 * Of memory it keeps what a run reads before writing it. Of that, words that a run also writes are put back before each
 * run, the model's weights come from the weights file, and the rest is data of the program.
 */
import { stored, type Weights, type WeightTensor } from '../../weights.js';
import { canLoad, type Placement } from '../kernels/load.js';
import { arrange, columnMajor, grouped, rowMajor, type Layout } from '../layout.js';
import type { Snapshot } from '../capture.js';
import type { DataSegment, ProgramContent } from '../content.js';
import { READ, WRITTEN, type Trace } from './trace.js';

/** What goes into a program of ONNX Runtime's functions. */
export interface FrozenContent extends ProgramContent {
  /** Words of 8 bytes that each run finds as they were in the snapshot. */
  readonly restored: readonly { readonly address: number; readonly value: bigint }[];
  readonly placements: readonly Placement[];
}

const WORD = 8;
/** Two stretches of data closer than this are one segment: its header costs as much as the zeros between them. */
const SEGMENT_GAP = 8;
/** ONNX Runtime packs the constant matrix of a product in panels of 16 rows, 256 columns at a time. */
const PANEL_COLUMNS = 256;

/** Divides the snapshot's memory by the trace. */
export function prune(snapshot: Snapshot, trace: Trace, weights: Weights): FrozenContent {
  const { memory, input } = snapshot;
  const read = trace.memory.map((note) => note & READ);
  read.fill(0, input.address, input.address + 4 * input.length);
  const restored = findRestored(memory, trace.memory, read);
  const kept = read.slice();
  for (const { address } of restored) kept.fill(0, address, address + WORD);
  const placements = placeWeights(memory, kept, weights);
  const model = { address: trace.memory.findLastIndex((note) => note !== 0) + 1, length: weights.file.length };
  return {
    top: model.address + model.length,
    data: findData(memory, kept),
    model,
    restored,
    placements,
    read,
  };
}

function findRestored(memory: Uint8Array, notes: Uint8Array, read: Uint8Array): FrozenContent['restored'] {
  const view = new DataView(memory.buffer, memory.byteOffset);
  const restored: { address: number; value: bigint }[] = [];
  for (let address = 0; address < notes.length; address += WORD) {
    const word = notes.subarray(address, address + WORD);
    if (!word.some((note, index) => read[address + index] && note === (READ | WRITTEN))) continue;
    restored.push({ address, value: view.getBigInt64(address, true) });
  }
  return restored;
}

/** Looks for each tensor in the layouts that ONNX Runtime uses; what is found leaves `kept`. */
function placeWeights(memory: Uint8Array, kept: Uint8Array, { tensors }: Weights): Placement[] {
  const bytes = Buffer.from(memory.buffer, memory.byteOffset, memory.length);
  return tensors.filter(canLoad).flatMap((tensor) => {
    for (const layout of layouts(tensor)) {
      const pattern = Buffer.from(arrange(tensor.values, layout).buffer);
      for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) {
        if (kept.subarray(at, at + pattern.length).includes(0)) continue;
        kept.fill(0, at, at + pattern.length);
        return [{ tensor: stored(tensor), address: at, layout }];
      }
    }
    return [];
  });
}

/** As stored; transposed; and a matrix packed in panels of 16 rows. */
function layouts({ shape, values }: WeightTensor): Layout[] {
  const rows = shape[0] ?? 1;
  const columns = values.length / rows;
  const plain = rowMajor(rows, columns);
  if (shape.length !== 2) return [plain];
  const block = Math.min(columns, PANEL_COLUMNS);
  return [plain, columnMajor(rows, columns), ...(columns % block === 0 ? [grouped(rows, columns, block)] : [])];
}

/** Stretches of memory that are kept and not zero. */
function findData(memory: Uint8Array, kept: Uint8Array): DataSegment[] {
  const segments: { address: number; end: number }[] = [];
  for (let address = 0; address < memory.length; address++) {
    if (!kept[address] || !memory[address]) continue;
    const last = segments.at(-1);
    if (last && address - last.end < SEGMENT_GAP) last.end = address + 1;
    else segments.push({ address, end: address + 1 });
  }
  return segments.map(({ address, end }) => ({
    address,
    bytes: memory.slice(address, end).map((byte, index) => (kept[address + index] ? byte : 0)),
  }));
}
