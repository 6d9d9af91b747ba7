/** Tracks the values in a recorded run's buffers, which ONNX Runtime reuses from a pool. */
import type { RecordedBinding, RecordedBuffer, RecordedCommand, RecordedRun, Recording } from './recording.js';

/** A kernel's binding: constant bytes (in base64), words for this batch size, or a value of the run. */
export type TracedBinding = { readonly binding: number } & (
  { readonly constant: string } | { readonly words: Uint32Array } | { readonly value: number }
);

export interface TracedStep {
  readonly pipeline: number;
  readonly workgroups: readonly [number, number, number];
  readonly bindings: readonly TracedBinding[];
}

/** A run's data flow: its steps pass values to each other, each written before it is read. */
export interface Trace {
  readonly batch: number;
  /** Bytes of each value. */
  readonly values: readonly number[];
  readonly input: number;
  /** In the recording's order. */
  readonly outputs: readonly number[];
  readonly steps: readonly TracedStep[];
}

/** Contents of a buffer at one point of a run. */
type Contents =
  /** Zeros, which no kernel may rely on: programs do not clear buffers. */
  | { readonly type: 'nothing' }
  | { readonly type: 'bytes'; readonly base64: string }
  | { readonly type: 'value'; readonly value: number };

const nothing: Contents = { type: 'nothing' };

/** @throws {Error} saying what is not supported */
export function refuse(reason: string): never {
  throw new Error(`This cannot be compiled for WebGPU: ${reason}.`);
}

/** Returns the buffers that any run changes. All others hold constants: weights in ONNX Runtime's layout. */
export function findChangingBuffers(recording: Recording): Set<number> {
  const written = (command: RecordedCommand): number[] => {
    if (command.type === 'copy') return [command.destination];
    if (command.type !== 'dispatch') return [command.buffer];
    const access = readAccess(recording.shaders[recording.pipelines[command.pipeline].shader]);
    return command.bindings.filter(({ binding }) => access.get(binding) === 'write').map(({ buffer }) => buffer);
  };
  return new Set(recording.runs.flatMap(({ commands }) => commands.flatMap(written)));
}

type Access = 'read' | 'write' | 'uniform';

const declaration = /@group\((\d+)\)\s*@binding\((\d+)\)\s*var(?:\s*<([^>]*)>)?/g;
const accessByAddressSpace: Record<string, Access> = {
  uniform: 'uniform',
  storage: 'read',
  'storage,read': 'read',
  'storage,read_write': 'write',
};

/** Returns how a shader accesses each binding, see https://www.w3.org/TR/WGSL/#address-space. */
export function readAccess(code: string): Map<number, Access> {
  if (/\barrayLength\b/.test(code)) refuse('a kernel asks how long a buffer is');
  const access = new Map<number, Access>();
  for (const [, group, binding, addressSpace = ''] of code.matchAll(declaration)) {
    if (group !== '0') refuse('a kernel has several bind groups');
    access.set(
      Number(binding),
      accessByAddressSpace[addressSpace.replace(/\s/g, '')] ?? refuse(`a kernel binds var<${addressSpace}>`),
    );
  }
  return access;
}

/**
 * Traces one run.
 * @param changing as returned by `findChangingBuffers`
 * @throws {Error} saying what is not supported
 */
export function traceRun(recording: Recording, { batch, commands }: RecordedRun, changing: ReadonlySet<number>): Trace {
  const { buffers, shaders, pipelines } = recording;
  const held = new Map<number, Contents>();
  const values: number[] = [];
  const steps: TracedStep[] = [];
  let input: number | null = null;
  const outputs: number[] = [];

  const addValue = (buffer: number): Contents & { type: 'value' } => ({
    type: 'value',
    value: values.push(buffers[buffer].size) - 1,
  });
  const contentsOf = (buffer: number): Contents =>
    held.get(buffer) ?? initialContents(buffers[buffer], changing.has(buffer));

  const write = (buffer: number, offset: number, bytes: Uint8Array): void => {
    const { size } = buffers[buffer];
    const before = contentsOf(buffer);
    const whole = offset === 0 && bytes.length === size;
    if (before.type === 'value' && !whole) refuse('the page changes a part of what a kernel has computed');
    const after = before.type === 'bytes' ? Buffer.from(before.base64, 'base64') : Buffer.alloc(size);
    after.set(bytes, offset);
    held.set(buffer, { type: 'bytes', base64: after.toString('base64') });
  };

  const copy = (command: RecordedCommand & { type: 'copy' }): void => {
    const { source, destination, sourceOffset, destinationOffset, size } = command;
    const contents = contentsOf(source);
    if (sourceOffset !== 0 || destinationOffset !== 0) refuse('a part of a buffer is copied');
    if (buffers[destination].readable) {
      // ONNX Runtime reads its outputs in the model's order, which verifying the program confirms.
      const output = recording.outputs.at(outputs.length) ?? refuse('the run leaves the GPU on its way');
      if (contents.type !== 'value' || size < 4 * batch * output.length)
        refuse('the answer is not what a kernel has computed');
      outputs.push(contents.value);
      return;
    }
    // An output that reshapes a kernel's result is copied without the unused part of the buffer.
    const isOutput = recording.outputs.some(({ length }) => size === 4 * batch * length);
    const isWhole = size === buffers[source].size || size === buffers[destination].size;
    if (!isWhole && !(isOutput && contentsOf(destination).type === 'nothing')) refuse('a part of a buffer is copied');
    // Both buffers hold the same value until either is written.
    if (contents.type === 'value') values[contents.value] = Math.max(values[contents.value], buffers[destination].size);
    held.set(destination, contents);
  };

  /** A kernel may update a buffer in place, so its value lives on; other buffers lose their copies of it. */
  const writeByKernel = (buffer: number): number => {
    const before = contentsOf(buffer);
    if (before.type === 'bytes') refuse('a kernel changes what the page has written');
    const after = before.type === 'value' ? before : addValue(buffer);
    for (const [other, contents] of held) {
      if (contents.type === 'value' && contents.value === after.value) held.set(other, nothing);
    }
    held.set(buffer, after);
    return after.value;
  };

  const bind = ({ binding, buffer, offset, size }: RecordedBinding, access: Access | undefined): TracedBinding => {
    if (offset !== 0 || size !== buffers[buffer].size) refuse('a kernel binds a part of a buffer');
    if (!access) refuse(`the WGSL of a kernel does not declare binding ${binding}`);
    if (access === 'write') return { binding, value: writeByKernel(buffer) };
    const contents = contentsOf(buffer);
    if (contents.type === 'nothing') refuse('a kernel reads a buffer that nothing has written');
    if (access === 'uniform') {
      if (contents.type !== 'bytes') refuse('a kernel computes the parameters of another');
      return { binding, words: toWords(contents.base64) };
    }
    if (contents.type === 'value') return { binding, value: contents.value };
    return { binding, constant: contents.base64 };
  };

  for (const command of commands) {
    switch (command.type) {
      case 'create':
        held.set(command.buffer, nothing);
        break;
      case 'clear':
        if (command.offset !== 0 || command.size !== buffers[command.buffer].size)
          refuse('a part of a buffer is cleared');
        held.set(command.buffer, nothing);
        break;
      case 'input': {
        if (input !== null) refuse('the images are used twice');
        const contents = addValue(command.buffer);
        held.set(command.buffer, contents);
        input = contents.value;
        break;
      }
      case 'write':
        write(command.buffer, command.offset, Buffer.from(command.bytes, 'base64'));
        break;
      case 'copy':
        copy(command);
        break;
      case 'dispatch': {
        const access = readAccess(shaders[pipelines[command.pipeline].shader]);
        // A kernel reads before it writes.
        const readsFirst = [...command.bindings].sort(
          (left, right) => Number(access.get(left.binding) === 'write') - Number(access.get(right.binding) === 'write'),
        );
        const bindings = readsFirst.map((each) => bind(each, access.get(each.binding)));
        bindings.sort((left, right) => left.binding - right.binding);
        steps.push({ pipeline: command.pipeline, workgroups: command.workgroups, bindings });
      }
    }
  }
  if (input === null) refuse('the images never reach the GPU');
  if (outputs.length < recording.outputs.length) refuse('the answer never leaves the GPU');
  return { batch, values, input, outputs, steps };
}

function initialContents({ contents }: RecordedBuffer, changes: boolean): Contents {
  return changes || contents === null ? nothing : { type: 'bytes', base64: contents };
}

function toWords(base64: string): Uint32Array {
  return new Uint32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}
