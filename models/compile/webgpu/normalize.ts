/** Merges the recorded runs into one program for all batch sizes. Pure functions. */
import {
  bufferCapacity,
  WEBGPU_PROGRAM_VERSION,
  type Binding,
  type Pipeline,
  type Size,
  type WebGpuProgram,
} from '../../../src/model/webgpu-program-format.js';
import { fitSize } from './fit-size.js';
import type { Recording } from './recording.js';
import { findChangingBuffers, refuse, traceRun, type Trace } from './trace.js';

/** A program whose constants are not yet connected with the weights file: each is in base64. */
export interface NormalizedProgram extends Omit<WebGpuProgram, 'constants'> {
  readonly constants: readonly string[];
}

export interface Normalization {
  readonly program: NormalizedProgram;
  /**
   * The smallest batch that ONNX Runtime runs with the program's kernels: 1, or 2 if it uses others for a single image.
   * Answers for smaller batches must be compared.
   */
  readonly leastBatch: number;
}

/** The strictest alignment that kernels require of a buffer's start: a vec4 of floats. */
const ALIGNMENT = 16;

/**
 * Creates the program.
 *
 * Its kernels, constants and data flow are those of the largest batch, and all smaller ones must have the same (except
 * 1, see `leastBatch`). Parameters and numbers of workgroups become functions of the batch size that fit every recorded
 * one.
 * @throws {Error} saying what is not supported
 */
export function normalize(recording: Recording): Normalization {
  const changing = findChangingBuffers(recording);
  const all = recording.runs.map((run) => traceRun(recording, run, changing));
  const pipelineOf = (index: number): Pipeline => {
    const { shader, entryPoint, constants: overrides } = recording.pipelines[index];
    return { code: recording.shaders[shader], entryPoint, overrides };
  };

  const largest = all.reduce((one, other) => (other.batch > one.batch ? other : one));
  const describe = structureDescriber(pipelineOf);
  const structure = describe(largest);
  const traces = all.filter((trace) => describe(trace) === structure);
  const leastBatch = Math.min(...traces.map(({ batch }) => batch));
  if (leastBatch > 2 || traces.length !== largest.batch - leastBatch + 1) {
    refuse('ONNX Runtime chooses its kernels by the size of the batch');
  }

  const { slotOf, slots } = assignSlots(largest);
  const fit = (numberIn: (trace: Trace) => number): Size =>
    fitSize(traces.map((trace) => [trace.batch, numberIn(trace)])) ??
    refuse('a parameter or the size of a dispatch is not a simple function of the batch');
  const pipelines = new Interned<Pipeline>((pipeline) => JSON.stringify(pipeline));
  const constants = new Interned<string>((base64) => base64);
  const steps = largest.steps.map((step, at) => ({
    pipeline: pipelines.add(pipelineOf(step.pipeline)),
    workgroups: [0, 1, 2].map((axis) => fit((trace) => trace.steps[at].workgroups[axis])) as [Size, Size, Size],
    bindings: step.bindings.map((bound, index): Binding => {
      const { binding } = bound;
      if ('value' in bound) return { binding, temporary: slotOf[bound.value] };
      if ('constant' in bound) return { binding, constant: constants.add(bound.constant) };
      const word = (at_: number) => fit((trace) => (trace.steps[at].bindings[index] as typeof bound).words[at_]);
      return { binding, uniforms: Array.from(bound.words, (_, each) => word(each)) };
    }),
  }));

  const ample = traces.filter(({ batch }) => batch === bufferCapacity(batch) || batch === largest.batch);
  const bytesPerImage = (value: number) => Math.max(...ample.map(({ batch, values }) => values[value] / batch));
  const temporaries = slots.map((values) => Math.ceil(Math.max(...values.map(bytesPerImage)) / ALIGNMENT) * ALIGNMENT);
  const program: NormalizedProgram = {
    version: WEBGPU_PROGRAM_VERSION,
    inputLength: recording.inputLength,
    largestBatch: largest.batch,
    pipelines: pipelines.items,
    constants: constants.items,
    temporaries,
    input: slotOf[largest.input],
    outputs: Object.fromEntries(
      recording.outputs.map(({ name, length }, index) => [name, { length, temporary: slotOf[largest.outputs[index]] }]),
    ),
    steps,
  };
  return { program, leastBatch };
}

/** Returns a function whose results are equal for runs that differ only in numbers. */
function structureDescriber(pipelineOf: (index: number) => Pipeline): (trace: Trace) => string {
  const pipelines = new Interned<Pipeline>((pipeline) => JSON.stringify(pipeline));
  const constants = new Interned<string>((base64) => base64);
  return ({ input, outputs, steps }) => {
    const described = steps.map(({ pipeline, bindings }) => [
      pipelines.add(pipelineOf(pipeline)),
      bindings.map((bound) => {
        if ('words' in bound) return { ...bound, words: bound.words.length };
        return 'constant' in bound ? { ...bound, constant: constants.add(bound.constant) } : bound;
      }),
    ]);
    return JSON.stringify([input, outputs, described]);
  };
}

/** Assigns values with disjoint lifetimes to the same memory, and returns each slot's values. */
function assignSlots({ input, outputs, steps, values }: Trace): { slotOf: number[]; slots: number[][] } {
  const firstUse = values.map(() => Infinity);
  const lastUse = values.map(() => -1);
  firstUse[input] = -1;
  steps.forEach(({ bindings }, at) => {
    for (const bound of bindings) {
      if (!('value' in bound)) continue;
      firstUse[bound.value] = Math.min(firstUse[bound.value], at);
      lastUse[bound.value] = at;
    }
  });
  for (const output of outputs) lastUse[output] = steps.length;
  const slotOf: number[] = [];
  const slots: number[][] = [];
  const inOrder = values.map((_, value) => value).sort((left, right) => firstUse[left] - firstUse[right]);
  for (const value of inOrder.filter((each) => firstUse[each] < Infinity)) {
    const free = slots.findIndex((others) => others.every((other) => lastUse[other] < firstUse[value]));
    slotOf[value] = free >= 0 ? free : slots.push([]) - 1;
    slots[slotOf[value]].push(value);
  }
  return { slotOf, slots };
}

/** A list without duplicates, by key. */
class Interned<Item> {
  readonly items: Item[] = [];
  readonly #indices = new Map<string, number>();
  readonly #keyOf: (item: Item) => string;

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  /** Adds an item if needed, and returns its index. */
  add(item: Item): number {
    const key = this.#keyOf(item);
    let index = this.#indices.get(key);
    if (index === undefined) this.#indices.set(key, (index = this.items.push(item) - 1));
    return index;
  }
}
