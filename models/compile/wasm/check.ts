/**
 * Tests a compiled program against stock ONNX Runtime:
 * - its answers are bit-identical, for noise, sparse noise and extreme values;
 * - it depends only on the bytes that its content declares: all other memory may hold anything (the poison test);
 * - it keeps no state: the same input leaves the same memory.
 */
import { goldenInput } from '../../../src/model/golden-input.js';
import type { Weights } from '../weights.js';
import type { Program } from './content.js';
import type { Outputs } from './stock.js';

const RANDOM_INPUTS = 40;
const poisons: readonly ((address: number) => number)[] = [
  () => 0x00,
  () => 0xff,
  () => 0xa5,
  (address) => Math.imul(address, 2654435761) >>> 24,
];

/**
 * @param infer runs stock ONNX Runtime
 * @throws {Error} saying which test the program fails
 */
export async function checkProgram(
  program: Program,
  weights: Weights,
  infer: (input: Float32Array) => Promise<Outputs>,
): Promise<void> {
  const module = new WebAssembly.Module(program.module);
  const imports = WebAssembly.Module.imports(module);
  if (imports.length > 0) throw new Error(`The program imports ${imports.map(({ name }) => name).join(', ')}.`);
  const instance = new Instance(module, program, weights);
  const inputs = testInputs(program.input.length);
  for (const [name, input] of inputs) expectSame(instance.infer(input), await infer(input), name);

  const [, first] = inputs[0];
  const state = (): Uint8Array => {
    instance.infer(first);
    return instance.memory.slice();
  };
  if (Buffer.compare(state(), state()) !== 0)
    throw new Error('Two runs of the program on one input leave different states.');

  for (const poison of poisons) {
    const poisoned = new Instance(module, program, weights);
    poisoned.memory.forEach((_, address) => {
      if (!program.content.read[address]) poisoned.memory[address] = poison(address);
    });
    for (const [name, input] of inputs.slice(0, 4)) {
      expectSame(poisoned.infer(input), await infer(input), `${name}, with poisoned memory`);
    }
  }
}

class Instance {
  readonly #exports: { readonly memory: WebAssembly.Memory; readonly load: () => void; readonly run: () => number };
  readonly #program: Program;
  readonly memory: Uint8Array;

  constructor(module: WebAssembly.Module, program: Program, weights: Weights) {
    this.#exports = new WebAssembly.Instance(module).exports as never;
    this.#program = program;
    this.memory = new Uint8Array(this.#exports.memory.buffer);
    this.memory.set(weights.file, program.content.model.address);
    this.#exports.load();
  }

  infer(input: Float32Array): Outputs {
    const { input: range, outputs } = this.#program;
    new Float32Array(this.memory.buffer, range.address, range.length).set(input);
    const status = this.#exports.run();
    if (status !== 0) throw new Error(`The program failed with status ${status}.`);
    return new Map(
      Object.entries(outputs).map(([name, { address, length }]) => [
        name,
        new Float32Array(this.memory.buffer, address, length).slice(),
      ]),
    );
  }
}

function testInputs(length: number): [string, Float32Array][] {
  const noise = Array.from({ length: RANDOM_INPUTS }, (_, seed): [string, Float32Array] => {
    // Every other one is mostly empty, like images of digits.
    const values = goldenInput(length, seed).map((value) => (seed % 2 ? Math.max(0, 5 * value - 4) : value));
    return [`random input ${seed}`, values];
  });
  const extremes = [0, -0, 1, -1, 1e30, -1e30, 1e-42, 3.4e38, Infinity, -Infinity, NaN];
  return [
    ...noise,
    ...extremes.map((value): [string, Float32Array] => [`all ${value}`, new Float32Array(length).fill(value)]),
    ...extremes.map((value): [string, Float32Array] => [`one ${value}`, noise[1][1].with(length >> 1, value)]),
  ];
}

function expectSame(actual: Outputs, expected: Outputs, name: string): void {
  // As bytes: NaN has many bit patterns, and ONNX Runtime returns one of them.
  const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  for (const [output, values] of expected) {
    const ours = actual.get(output)!;
    if (bytes(ours).equals(bytes(values))) continue;
    const answers = `${output} [${ours.join(', ')}] instead of [${values.join(', ')}]`;
    throw new Error(`The program answers ${name} differently from ONNX Runtime: ${answers}.`);
  }
}
