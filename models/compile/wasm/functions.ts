/** The functions of a module: their types, numbers and bodies. */
import {
  concat,
  Kind,
  list,
  Reader,
  readSections,
  Section,
  unsigned,
  writeSections,
  type RawSection,
} from './binary.js';
import { readImports } from './instrument.js';

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

const FUNCTION_TYPE = 0x60;

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

/** The types of a module's functions by number, those that it imports included. */
export function functionTypes(module: Uint8Array): FunctionType[] {
  const sections = readSections(module);
  const types = new TypeTable(section(sections, Section.type));
  const { imports, types: defined } = readFunctions(sections);
  return [...imports.map(({ type }) => types.at(type)), ...defined.map((type) => types.at(type))];
}

/**
 * The module with other bodies, and with functions added, of which the first gets the number `functionCount(module)`.
 * @param rewrite gives the body of the function with this number
 * @param added is asked when all bodies are rewritten
 */
export function changeFunctions(
  module: Uint8Array,
  rewrite: (index: number, body: Uint8Array) => Uint8Array,
  added: () => readonly FunctionDefinition[],
): Uint8Array {
  const sections = readSections(module);
  const types = new TypeTable(section(sections, Section.type));
  const { imports, types: defined } = readFunctions(sections);
  const bodies = readBodies(section(sections, Section.code)).map((body, index) =>
    rewrite(imports.length + index, body),
  );
  const definitions = added();
  const changed = new Map<number, Uint8Array>([
    [Section.function, list([...defined, ...definitions.map(({ type }) => types.index(type))].map(unsigned))],
    [Section.type, types.section()],
    [Section.code, writeBodies([...bodies, ...definitions.map(({ body }) => body)])],
  ]);
  return writeSections(sections.map(({ id, bytes }) => ({ id, bytes: changed.get(id) ?? bytes })));
}

/** The bodies in a code section, from the declaration of locals to the `end`. */
export function readBodies(code: Uint8Array): Uint8Array[] {
  const reader = new Reader(code);
  return reader.list(() => reader.take(reader.unsigned()));
}

/** A code section. */
export function writeBodies(bodies: readonly Uint8Array[]): Uint8Array {
  return list(bodies.map((body) => concat([unsigned(body.length), body])));
}

/** Whether two functions have the same type. */
export function isSameType(one: FunctionType, other: FunctionType): boolean {
  return `${one.parameters.join()} ${one.results.join()}` === `${other.parameters.join()} ${other.results.join()}`;
}

/** A body that does something before what it did. */
export function prepend(instructions: readonly number[], body: Uint8Array): Uint8Array {
  const reader = new Reader(body);
  const locals = readLocals(reader);
  return concat([locals, instructions, body.subarray(reader.position)]);
}

/** The declaration of locals with which a body begins. */
export function readLocals(body: Reader): Uint8Array {
  return body.slice(() =>
    body.list(() => {
      body.unsigned();
      body.byte();
    }),
  );
}

/** The bytes of one section. */
export function section(sections: readonly RawSection[], id: number): Uint8Array {
  const found = sections.find((candidate) => candidate.id === id);
  if (!found) throw new TypeError(`The module has no section ${id}.`);
  return found.bytes;
}

/** The imported functions, with their names, and the types of those that the module defines, as numbers of types. */
export function readFunctions(sections: readonly RawSection[]) {
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
export class TypeTable {
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
