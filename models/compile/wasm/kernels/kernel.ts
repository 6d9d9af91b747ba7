/** WebAssembly text of functions that compute layers, and helpers for writing it. */

/** A function without results and with i32 parameters. */
export interface Kernel<Name extends string = string> {
  /** Identifies the kernel. */
  readonly name: string;
  readonly parameters: readonly Name[];
  /** Locals and instructions. */
  readonly body: string;
}

/** Bytes of a number, numbers in a SIMD vector, and bytes of a vector. */
export const FLOAT = 4;
export const LANES = 4;
export const VECTOR = FLOAT * LANES;

/** Returns the function's definition in a module. */
export function define({ name, parameters, body }: Kernel): string {
  const declared = parameters.map((parameter) => `(param $${parameter} i32)`).join(' ');
  return `(func $${name} ${declared}\n${body})`;
}

/** A call with constant arguments. */
export interface KernelCall {
  readonly kernel: Kernel;
  readonly values: Readonly<Record<string, number>>;
}

export function callOf<Name extends string>(kernel: Kernel<Name>, values: Record<Name, number>): KernelCall {
  return { kernel, values };
}

/** Returns the call's text. */
export function call({ kernel: { name, parameters }, values }: KernelCall): string {
  return `(call $${name} ${parameters.map((parameter) => integer(values[parameter])).join(' ')})`;
}

/** Returns the called kernels, without duplicates. */
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

/** Clamps a local to another. */
export function atMost(name: string, limit: string): string {
  return `(if (i32.gt_u ${get(name)} ${get(limit)}) (then ${set(name, get(limit))}))`;
}

/** Advances a local, and repeats a loop until it equals another. */
export function repeatUntil(loop: string, name: string, by: number, end: string): string {
  return `(br_if $${loop} (i32.ne (local.tee $${name} ${add(get(name), by)}) ${get(end)}))`;
}

/** Decrements a local, and repeats a loop until it is 0. */
export function repeatTimes(loop: string, count: string): string {
  return `(br_if $${loop} (local.tee $${count} ${add(get(count), -1)}))`;
}

export function locals(type: 'i32' | 'f32' | 'v128', names: readonly string[]): string {
  return names.map((name) => `(local $${name} ${type})`).join(' ');
}

/** Returns 0, 1, … `count` - 1. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
