/**
 * Makes a module of its own of ONNX Runtime's: no imports, its own memory and globals as they were in the snapshot.
 * Functions keep their numbers, since what was imported is defined in its place.
 *
 * Relied on: the module imports functions and one memory, nothing else; it has one table, filled by active element
 * segments at constant offsets; all else is checked by the WebAssembly validation of the result.
 */
import { CLOCK, type ImportKind, type Snapshot } from '../capture.js';
import type { DataSegment } from '../content.js';
import {
  concat,
  Kind,
  list,
  name,
  Reader,
  readSections,
  Section,
  signed,
  unsigned,
  writeSections,
  type RawSection,
} from '../binary.js';
import { readImports, skipConstantExpression } from '../instrument.js';

/** A function's type as in the type section: value types' bytes. */
export interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A function to define: its type, and its body from the declaration of locals to its `end`. */
export interface FunctionDefinition {
  readonly type: FunctionType;
  readonly body: Uint8Array;
}

/** An exported function that is added to the module. */
export interface ExportedFunction extends FunctionDefinition {
  readonly name: string;
}

/** What becomes of ONNX Runtime's module. */
export interface Detachment {
  /** Size of the memory, in pages of 64 KiB. */
  readonly pages: number;
  readonly data: readonly DataSegment[];
  /** The body of the function with this number, in place of the published one or of what stands in for an import. */
  readonly rewrite: (index: number, body: Uint8Array) => Uint8Array;
  /** Whether the table keeps the function that it holds at this place. */
  readonly keepSlot: (slot: number) => boolean;
  /** Functions to add, asked for when all bodies are rewritten; the first gets the number `functionCount(module)`. */
  readonly functions: () => readonly (FunctionDefinition | ExportedFunction)[];
}

export const I32 = 0x7f;
export const I64 = 0x7e;
const FUNCTION_TYPE = 0x60;

export const op = {
  unreachable: 0x00,
  end: 0x0b,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  globalSet: 0x24,
  i32Store: 0x36,
  i64Store: 0x37,
  i32Store8: 0x3a,
  i32Const: 0x41,
  i64Const: 0x42,
} as const;

/** No locals, then trap. */
export const TRAP: Uint8Array = Uint8Array.of(0, op.unreachable, op.end);

/** `i32.const value`. */
export function i32Const(value: number): number[] {
  return [op.i32Const, ...signed(BigInt(value | 0))];
}

/** How many functions a module has, those that it imports included. */
export function functionCount(module: Uint8Array): number {
  const { imports, types } = readFunctions(readSections(module));
  return imports.length + types.length;
}

/** The number of the function that a module exports under a name. */
export function exportedFunction(module: Uint8Array, wanted: string): number {
  const reader = new Reader(section(readSections(module), Section.export));
  const entries = reader.list(() => ({ name: reader.name(), kind: reader.byte(), index: reader.unsigned() }));
  const found = entries.find((entry) => entry.name === wanted && entry.kind === Kind.function);
  if (!found) throw new TypeError(`The module exports no function "${wanted}".`);
  return found.index;
}

/** Size of the module's table. */
export function tableSize(module: Uint8Array): number {
  const reader = new Reader(section(readSections(module), Section.table));
  if (reader.unsigned() !== 1) throw new TypeError('The module has more than one table.');
  reader.take(2);
  return reader.unsigned();
}

/**
 * The module on its own, exporting its memory as `memory` and the added functions that have a name.
 * @throws {TypeError} where the module has something that is not relied on
 */
export function detach(snapshot: Snapshot, plan: Detachment): Uint8Array<ArrayBuffer> {
  const sections = readSections(snapshot.module);
  const types = new TypeTable(section(sections, Section.type));
  const { imports, types: definedTypes } = readFunctions(sections);
  const replacements = imports.map((entry, index) => {
    const body = importBody(snapshot.imports.get(entry.name), types.at(entry.type), types);
    return { type: entry.type, body: plan.rewrite(index, body) };
  });
  const code = new Reader(section(sections, Section.code));
  const bodies = code.list((index) => plan.rewrite(imports.length + index, code.take(code.unsigned())));
  const definitions = plan.functions();
  const added = definitions.map(({ type, body }) => ({ type: types.index(type), body }));
  const functionTypes = [...replacements.map(({ type }) => type), ...definedTypes, ...added.map(({ type }) => type)];
  const allBodies = [...replacements.map(({ body }) => body), ...bodies, ...added.map(({ body }) => body)];
  const firstAdded = imports.length + definedTypes.length;
  const exports = definitions.flatMap((definition, index) =>
    'name' in definition ? [[...name(definition.name), Kind.function, ...unsigned(firstAdded + index)]] : [],
  );
  const present = sections.find(({ id }) => id === Section.data);
  const passive = present ? new Reader(present.bytes).unsigned() : 0;
  const segments = [...Array.from({ length: passive }, () => [1, 0]), ...plan.data.map(activeSegment)];
  const written: RawSection[] = [
    { id: Section.type, bytes: types.section() },
    { id: Section.function, bytes: list(functionTypes.map(unsigned)) },
    { id: Section.table, bytes: section(sections, Section.table) },
    { id: Section.memory, bytes: list([[1, ...unsigned(plan.pages), ...unsigned(plan.pages)]]) },
    { id: Section.global, bytes: rewriteGlobals(section(sections, Section.global), snapshot.globals) },
    { id: Section.export, bytes: list([[...name('memory'), Kind.memory, 0], ...exports]) },
    { id: Section.element, bytes: rewriteElements(section(sections, Section.element), plan.keepSlot) },
    { id: Section.dataCount, bytes: Uint8Array.from(unsigned(segments.length)) },
    { id: Section.code, bytes: list(allBodies.map((body) => concat([unsigned(body.length), body]))) },
    { id: Section.data, bytes: list(segments) },
  ];
  return Uint8Array.from(writeSections(written));
}

function section(sections: readonly RawSection[], id: number): Uint8Array {
  const found = sections.find((candidate) => candidate.id === id);
  if (!found) throw new TypeError(`The module has no section ${id}.`);
  return found.bytes;
}

function readFunctions(sections: readonly RawSection[]) {
  const imports = readImports(new Reader(section(sections, Section.import)))
    .filter(({ kind }) => kind !== Kind.memory)
    .map((entry) => {
      if (entry.type !== null) return { name: entry.name, type: entry.type };
      throw new TypeError(`The module imports ${entry.module}.${entry.name}, which is no function.`);
    });
  const reader = new Reader(section(sections, Section.function));
  return { imports, types: reader.list(() => reader.unsigned()) };
}

/** The types of a module, to which others can be added. */
class TypeTable {
  readonly #types: { bytes: Uint8Array; type: FunctionType | null }[];

  constructor(bytes: Uint8Array) {
    const reader = new Reader(bytes);
    this.#types = reader.list(() => {
      let type: FunctionType | null = null;
      const entry = reader.slice(() => {
        if (reader.byte() !== FUNCTION_TYPE) throw new TypeError('The module has a type that is no function type.');
        const parameters = reader.list(() => reader.byte());
        type = { parameters, results: reader.list(() => reader.byte()) };
      });
      return { bytes: entry, type };
    });
  }

  at(index: number): FunctionType {
    const type = this.#types[index]?.type;
    if (!type) throw new TypeError(`The module has no function type ${index}.`);
    return type;
  }

  index({ parameters, results }: FunctionType): number {
    const bytes = concat([[FUNCTION_TYPE], unsigned(parameters.length), parameters, unsigned(results.length), results]);
    const found = this.#types.findIndex((candidate) => Buffer.compare(candidate.bytes, bytes) === 0);
    return found >= 0 ? found : this.#types.push({ bytes, type: { parameters, results } }) - 1;
  }

  section(): Uint8Array {
    return list(this.#types.map(({ bytes }) => bytes));
  }
}

/** What stands in for an imported function: a call through the table, a clock that stands still, or a trap. */
function importBody(kind: ImportKind | undefined, { parameters, results }: FunctionType, types: TypeTable): Uint8Array {
  if (kind === 'invoke') {
    const type = types.index({ parameters: parameters.slice(1), results });
    const values = parameters.slice(1).flatMap((_, index) => [op.localGet, ...unsigned(index + 1)]);
    return Uint8Array.from([0, ...values, op.localGet, 0, op.callIndirect, ...unsigned(type), 0, op.end]);
  }
  if (kind === 'clock') {
    const store = [op.localGet, 2, op.i64Const, ...signed(CLOCK), op.i64Store, 3, 0];
    return Uint8Array.from([0, ...store, ...i32Const(0), op.end]);
  }
  return TRAP;
}

function rewriteGlobals(bytes: Uint8Array, values: ReadonlyMap<number, number>): Uint8Array {
  const reader = new Reader(bytes);
  return list(
    reader.list((index) => {
      const type = reader.take(2);
      const initial = reader.slice(() => skipConstantExpression(reader));
      const value = values.get(index);
      if (value === undefined) return concat([type, initial]);
      if (type[0] !== I32) throw new TypeError(`Global ${index} is no i32.`);
      return concat([type, i32Const(value), [op.end]]);
    }),
  );
}

/** Active segments of the functions that stay, in runs; declarations of references stay as they are. */
function rewriteElements(bytes: Uint8Array, keepSlot: Detachment['keepSlot']): Uint8Array {
  const reader = new Reader(bytes);
  const segments = reader.list(() => {
    const flags = reader.unsigned();
    if (flags === 3) {
      return [
        concat([
          [3],
          reader.slice(() => {
            reader.byte();
            reader.list(() => reader.unsigned());
          }),
        ]),
      ];
    }
    if (flags !== 0 || reader.byte() !== op.i32Const) throw new TypeError('An element segment is of another kind.');
    const offset = Number(reader.signed());
    if (reader.byte() !== op.end) throw new TypeError('An element segment has no constant offset.');
    const functions = reader.list(() => reader.unsigned());
    return runs(functions, (position) => keepSlot(offset + position)).map(({ from, items }) =>
      concat([[0], i32Const(offset + from), [op.end], list(items.map(unsigned))]),
    );
  });
  return list(segments.flat());
}

/** The longest stretches of items that are wanted, each with where it begins. */
function runs<Item>(items: readonly Item[], wanted: (position: number) => boolean) {
  const found: { from: number; items: Item[] }[] = [];
  items.forEach((item, position) => {
    if (!wanted(position)) return;
    const last = found.at(-1);
    if (last && last.from + last.items.length === position) last.items.push(item);
    else found.push({ from: position, items: [item] });
  });
  return found;
}

function activeSegment({ address, bytes }: DataSegment): Uint8Array {
  return concat([[0], i32Const(address), [op.end], unsigned(bytes.length), bytes]);
}
