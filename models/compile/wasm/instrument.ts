/**
 * Lets the state of stock ONNX Runtime be read.
 *
 * Relied on: all state of a WebAssembly instance is its memory, its table and its globals. Memory and table are exported
 * or imported by ONNX Runtime's module already; its mutable globals (stack pointer, thread-local storage) are exported
 * here under names of their own. Imported globals would have shifted the numbers: they are refused.
 */
import { Kind, list, name, Reader, readSections, Section, unsigned, writeSections } from './binary.js';

/** A global of a module. */
export interface GlobalType {
  /** Its type's byte: 0x7f for i32, 0x7e for i64. */
  readonly type: number;
  readonly mutable: boolean;
}

/** The name under which the mutable global number `index` is exported. */
export function globalName(index: number): string {
  return `global ${index}`;
}

/** The module's own globals. */
export function readGlobals(module: Uint8Array): GlobalType[] {
  const section = readSections(module).find(({ id }) => id === Section.global);
  if (!section) return [];
  const reader = new Reader(section.bytes);
  return reader.list(() => {
    const global = { type: reader.byte(), mutable: reader.byte() === 1 };
    skipConstantExpression(reader);
    return global;
  });
}

/** Passes over `i32.const n`, `i64.const n`, `global.get n` or `ref.null t`, up to and with its `end`. */
export function skipConstantExpression(reader: Reader): void {
  while (reader.byte() !== 0x0b) reader.signed();
}

/**
 * The same module with its mutable globals exported.
 * @throws {TypeError} where the module imports globals
 */
export function exportGlobals(module: Uint8Array): Uint8Array {
  const sections = readSections(module);
  const imports = sections.find(({ id }) => id === Section.import);
  if (imports) refuseImportedGlobals(new Reader(imports.bytes));
  const added = readGlobals(module).flatMap(({ mutable }, index) =>
    mutable ? [Uint8Array.from([...name(globalName(index)), Kind.global, ...unsigned(index)])] : [],
  );
  return writeSections(
    sections.map((section) => {
      if (section.id !== Section.export) return section;
      const reader = new Reader(section.bytes);
      const present = reader.list(() => reader.slice(() => skipExport(reader)));
      return { id: section.id, bytes: list([...present, ...added]) };
    }),
  );
}

function skipExport(reader: Reader): void {
  reader.name();
  reader.byte();
  reader.unsigned();
}

function refuseImportedGlobals(reader: Reader): void {
  for (const { kind, module, name } of readImports(reader)) {
    if (kind === Kind.global)
      throw new TypeError(`The module imports the global ${module}.${name}, which is not known.`);
  }
}

/** An import: for a function, the number of its type. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  readonly type: number | null;
}

/** The entries of an import section. */
export function readImports(reader: Reader): Import[] {
  return reader.list(() => {
    const entry = { module: reader.name(), name: reader.name(), kind: reader.byte() };
    switch (entry.kind) {
      case Kind.function:
        return { ...entry, type: reader.unsigned() };
      case Kind.memory:
        readLimits(reader);
        return { ...entry, type: null };
      case Kind.table:
        reader.byte();
        readLimits(reader);
        return { ...entry, type: null };
      case Kind.global:
        reader.take(2);
        return { ...entry, type: null };
      default:
        throw new TypeError(`The module imports ${entry.module}.${entry.name}, of a kind that is not known.`);
    }
  });
}

function readLimits(reader: Reader): void {
  const hasMaximum = (reader.byte() & 1) === 1;
  reader.unsigned();
  if (hasMaximum) reader.unsigned();
}
