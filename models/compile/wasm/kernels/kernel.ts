/** WebAssembly text for functions that compute layers, and what they are written with. */

/** A function without results, whose parameters are all i32. */
export interface Kernel<Name extends string = string> {
  /** Identifies it. */
  readonly name: string;
  readonly parameters: readonly Name[];
  /** Locals and instructions. */
  readonly body: string;
}

/** Bytes of a number; how many the processor takes at once; and the bytes of these. */
export const FLOAT = 4;
export const LANES = 4;
export const VECTOR = FLOAT * LANES;

/** The function as a part of a module. */
export function define({ name, parameters, body }: Kernel): string {
  const declared = parameters.map((parameter) => `(param $${parameter} i32)`).join(' ');
  return `(func $${name} ${declared}\n${body})`;
}

/** A call with constants. */
export interface KernelCall {
  readonly kernel: Kernel;
  readonly values: Readonly<Record<string, number>>;
}

export function callOf<Name extends string>(kernel: Kernel<Name>, values: Record<Name, number>): KernelCall {
  return { kernel, values };
}

/** The call as text. */
export function call({ kernel: { name, parameters }, values }: KernelCall): string {
  return `(call $${name} ${parameters.map((parameter) => integer(values[parameter])).join(' ')})`;
}

/** The kernels that are called, each once. */
export function kernelsOf(calls: readonly KernelCall[]): Kernel[] {
  return [...new Map(calls.map(({ kernel }) => [kernel.name, kernel])).values()];
}

export const zeros = '(v128.const i32x4 0 0 0 0)';

export function integer(value: number): string {
  return `(i32.const ${value})`;
}

export function get(name: string): string {
  return `(local.get $${name})`;
}

export function set(name: string, value: string): string {
  return `(local.set $${name} ${value})`;
}

export function add(one: string, other: string | number): string {
  return `(i32.add ${one} ${typeof other === 'number' ? integer(other) : other})`;
}

export function advance(name: string, by: string | number): string {
  return set(name, add(get(name), by));
}

/** Keeps a local from being larger than another. */
export function atMost(name: string, limit: string): string {
  return `(if (i32.gt_u ${get(name)} ${get(limit)}) (then ${set(name, get(limit))}))`;
}

/** Moves a local on, and goes back to the beginning of a loop until it is as large as another. */
export function repeatUntil(loop: string, name: string, by: number, end: string): string {
  return `(br_if $${loop} (i32.ne (local.tee $${name} ${add(get(name), by)}) ${get(end)}))`;
}

/** Counts a local down, and goes back to the beginning of a loop until it is 0. */
export function repeatTimes(loop: string, count: string): string {
  return `(br_if $${loop} (local.tee $${count} ${add(get(count), -1)}))`;
}

export function locals(type: 'i32' | 'f32' | 'v128', names: readonly string[]): string {
  return names.map((name) => `(local $${name} ${type})`).join(' ');
}

/** 0, 1, … up to `count`. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
