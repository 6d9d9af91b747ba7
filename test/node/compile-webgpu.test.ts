import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emit, connectWeights } from '../../models/compile/webgpu/emit.js';
import { fitSize } from '../../models/compile/webgpu/fit-size.js';
import { normalize } from '../../models/compile/webgpu/normalize.js';
import type { RecordedCommand, Recording } from '../../models/compile/webgpu/recording.js';
import { readAccess } from '../../models/compile/webgpu/trace.js';
import type { Weights } from '../../models/compile/weights.js';
import { evaluate, readWebGpuProgram, type WebGpuProgram } from '../../src/model/webgpu-program-format.js';

const base64 = (values: Float32Array | Uint32Array) => Buffer.from(values.buffer).toString('base64');

/** Six weights, as a model may store them: two rows of three. */
const matrix = Float32Array.of(1, 2, 3, 4, 5, 6);
const weights: Weights = {
  file: new Uint8Array(new Float32Array(matrix).buffer),
  tensors: [{ name: 'matrix', offset: 0, encoding: 'float32', shape: [2, 3], values: matrix }],
};

const multiply = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
struct Uniforms { n: u32, tiles: u32, columns: u32, scale: f32 };
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
@compute @workgroup_size(64) fn main() {}`;

const rectify = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64) fn rectify() {}`;

type Change = (commands: RecordedCommand[], batch: number) => RecordedCommand[];

/** A network of two kernels with three inputs and two outputs, as it might be recorded. */
function record(change: Change = (commands) => commands, batches = [1, 2, 3, 4, 5, 6, 7, 8]): Recording {
  const buffers = [
    { size: 24, readable: false, contents: base64(Float32Array.of(1, 4, 2, 5, 3, 6)) },
    { size: 16, readable: false, contents: base64(new Float32Array(4).fill(9)) },
    ...batches.flatMap((batch) => [
      { size: 12 * batch, readable: false, contents: null },
      { size: 16 * batch, readable: false, contents: null },
      { size: 8 * batch, readable: false, contents: null },
      { size: 8 * batch, readable: false, contents: null },
      { size: 8 * batch, readable: true, contents: null },
    ]),
  ];
  const runs = batches.map((batch, index) => {
    const [upload, input, hidden, output, answer] = [0, 1, 2, 3, 4].map((each) => 2 + 5 * index + each);
    const whole = (binding: number, buffer: number) => ({ binding, buffer, offset: 0, size: buffers[buffer].size });
    const words = Uint32Array.of(batch, Math.ceil(batch / 4), 3, 0x3f800000);
    const commands: RecordedCommand[] = [
      { type: 'create', buffer: upload },
      { type: 'input', buffer: upload },
      { type: 'clear', buffer: input, offset: 0, size: buffers[input].size },
      { type: 'copy', source: upload, sourceOffset: 0, destination: input, destinationOffset: 0, size: 12 * batch },
      { type: 'write', buffer: 1, offset: 0, bytes: base64(words) },
      { type: 'clear', buffer: hidden, offset: 0, size: buffers[hidden].size },
      {
        type: 'dispatch',
        pipeline: 0,
        bindings: [whole(0, input), whole(1, 0), whole(2, hidden), whole(3, 1)],
        workgroups: [Math.ceil((batch * 48) / 64), 1, batch],
      },
      { type: 'create', buffer: output },
      { type: 'dispatch', pipeline: 1, bindings: [whole(0, hidden), whole(1, output)], workgroups: [1, 1, 1] },
      { type: 'create', buffer: answer },
      { type: 'copy', source: output, sourceOffset: 0, destination: answer, destinationOffset: 0, size: 8 * batch },
    ];
    return { batch, commands: change(commands, batch) };
  });
  return {
    inputLength: 3,
    outputs: [{ name: 'answer', length: 2 }],
    shaders: [multiply, rectify],
    pipelines: [
      { shader: 0, entryPoint: 'main', constants: {} },
      { shader: 1, entryPoint: 'rectify', constants: {} },
    ],
    buffers,
    runs,
  };
}

/** Changes the commands of one type. */
function changing<Type extends RecordedCommand['type']>(
  type: Type,
  change: (command: RecordedCommand & { type: Type }, batch: number, nth: number) => RecordedCommand[],
): Change {
  return (commands, batch) => {
    let nth = 0;
    return commands.flatMap((command) =>
      command.type === type ? change(command as RecordedCommand & { type: Type }, batch, nth++) : [command],
    );
  };
}

const compile = (recording: Recording) => connectWeights(normalize(recording).program, weights);

test('creates one program from the runs of all batches', () => {
  const { program, leastBatch } = normalize(record());
  assert.equal(leastBatch, 1);
  assert.equal(program.largestBatch, 8);
  const [first, second] = program.steps;
  for (const batch of [1, 2, 3, 4, 5, 6, 7, 8]) {
    assert.deepEqual(
      first.workgroups.map((size) => evaluate(size, batch)),
      [Math.ceil((batch * 48) / 64), 1, batch],
    );
    const uniforms = first.bindings.find((bound) => 'uniforms' in bound)!;
    assert.deepEqual('uniforms' in uniforms && uniforms.uniforms.map((size) => evaluate(size, batch)), [
      batch,
      Math.ceil(batch / 4),
      3,
      0x3f800000,
    ]);
  }
  assert.deepEqual(second.workgroups, [1, 1, 1]);
  // The output overwrites the input, which is no longer needed.
  assert.deepEqual(program.temporaries, [16, 16]);
  assert.deepEqual([program.input, program.outputs], [0, { answer: { length: 2, temporary: 0 } }]);
});

test("leaves tensors in their file, with the axes in the kernel's order", () => {
  const [constant] = compile(record()).constants;
  assert.deepEqual(constant, {
    bytes: 24,
    tensor: { offset: 0, encoding: 'float32', shape: [2, 3] },
    order: [1, 0],
  });
});

test('keeps a constant that is not a tensor, without trailing zeros', () => {
  const recording = record();
  const other = { ...recording.buffers[0], contents: base64(Float32Array.of(7, 8, 0, 0, 0, 0)) };
  const [constant] = compile({ ...recording, buffers: [other, ...recording.buffers.slice(1)] }).constants;
  assert.deepEqual(constant, { bytes: 24, base64: base64(Float32Array.of(7, 8)) });
});

test('supports several outputs, in order, and preserves them until the end', () => {
  // The hidden value is read back, too: copied without the unused part of its buffer, and after the answer.
  const recording = record();
  const runs = recording.runs.map(({ batch, commands }) => {
    const hidden = commands.flatMap((command) => (command.type === 'dispatch' ? [command.bindings] : []))[0][2].buffer;
    const copied = recording.buffers.length + 2 * (batch - 1);
    const copy = { type: 'copy', sourceOffset: 0, destinationOffset: 0, size: 12 * batch } as const;
    const [last, beforeLast] = [commands.at(-1)!, commands.at(-3)!];
    return {
      batch,
      commands: [
        ...commands.slice(0, -4),
        { type: 'create', buffer: copied },
        { ...copy, source: hidden, destination: copied },
        commands.at(-4)!,
        beforeLast,
        commands.at(-2)!,
        last,
        { type: 'create', buffer: copied + 1 },
        { ...copy, source: copied, destination: copied + 1 },
      ] satisfies RecordedCommand[],
    };
  });
  const more = runs.flatMap(({ batch }) => [
    { size: 16 * batch + 16, readable: false, contents: null },
    { size: 16 * batch, readable: true, contents: null },
  ]);
  const outputs = [...recording.outputs, { name: 'hidden', length: 3 }];
  const { program } = normalize({ ...recording, outputs, buffers: [...recording.buffers, ...more], runs });
  assert.deepEqual(Object.keys(program.outputs), ['answer', 'hidden']);
  assert.equal(program.outputs.hidden.length, 3);
  assert.notEqual(program.outputs.hidden.temporary, program.outputs.answer.temporary);
  const [, rectified] = program.steps;
  assert.deepEqual(rectified.bindings, [
    { binding: 0, temporary: program.outputs.hidden.temporary },
    { binding: 1, temporary: program.outputs.answer.temporary },
  ]);
  assert.throws(
    () => normalize({ ...recording, outputs, buffers: [...recording.buffers, ...more] }),
    /the answer never leaves/,
  );
});

test('accepts that ONNX Runtime has other kernels for a single image, and only then', () => {
  const otherKernel = (batch: number) =>
    changing('dispatch', (command, each, nth) => (each === batch && nth === 1 ? [command, command] : [command]));
  const { program, leastBatch } = normalize(record(otherKernel(1)));
  assert.equal(leastBatch, 2);
  assert.equal(program.steps.length, 2);
  assert.throws(() => normalize(record(otherKernel(3))), /chooses its kernels by the size of the batch/);
});

test('rejects runs that it does not understand', () => {
  const cases: [RegExp, Change][] = [
    [/reads a buffer that nothing has written/, changing('copy', (command, _, nth) => (nth === 0 ? [] : [command]))],
    [
      /the images never reach/,
      changing('input', ({ buffer }, batch) => [
        { type: 'write', buffer, offset: 0, bytes: base64(new Float32Array(3 * batch)) },
      ]),
    ],
    [/the images are used twice/, changing('input', (command) => [command, command])],
    [/the answer never leaves/, changing('copy', (command, _, nth) => (nth === 0 ? [command] : []))],
    [/leaves the GPU on its way/, changing('copy', (command, _, nth) => (nth ? [command, command] : [command]))],
    [/a part of a buffer is copied/, changing('copy', (command) => [{ ...command, size: 8 }])],
    [/a part of a buffer is copied/, changing('copy', (command) => [{ ...command, sourceOffset: 4 }])],
    [/a part of a buffer is cleared/, changing('clear', (command) => [{ ...command, offset: 4, size: 4 }])],
    [
      /binds a part of a buffer/,
      changing('dispatch', ({ bindings, ...command }) => [
        { ...command, bindings: bindings.map((bound) => ({ ...bound, size: 8 })) },
      ]),
    ],
    [
      /does not declare binding 9/,
      changing('dispatch', ({ bindings, ...command }) => [
        { ...command, bindings: [{ ...bindings[0], binding: 9 }, ...bindings] },
      ]),
    ],
    [
      /is not a simple function of the batch/,
      changing('dispatch', (command, batch) => [{ ...command, workgroups: [batch ** 2, 1, 1] }]),
    ],
    [
      /is not a simple function of the batch/,
      changing('write', (command, batch) => [
        { ...command, bytes: base64(Uint32Array.of(batch, batch === 5 ? 9 : 1, 3, 0)) },
      ]),
    ],
  ];
  for (const [message, change] of cases) {
    assert.throws(() => normalize(record(change)), message);
  }
});

test("does not mistake a kernel's output for a constant", () => {
  // The weights are overwritten only in the last run: in the others, they look constant.
  const change = changing('dispatch', ({ bindings, ...command }, batch, nth) => [
    { ...command, bindings },
    ...(batch === 8 && nth === 0
      ? [
          {
            ...command,
            pipeline: 1,
            bindings: [
              { ...bindings[0], binding: 0 },
              { ...bindings[1], binding: 1 },
            ],
          },
        ]
      : []),
  ]);
  assert.throws(() => normalize(record(change)), /reads a buffer that nothing has written/);
});

test("lets a kernel modify another's output in place", () => {
  const inPlace = `@group(0) @binding(0) var<storage, read_write> x: array<f32>;`;
  const recording = record(
    changing('dispatch', (command, _, nth) =>
      nth === 0
        ? [
            command,
            { ...command, pipeline: 2, bindings: [{ ...command.bindings[2], binding: 0 }], workgroups: [1, 1, 1] },
          ]
        : [command],
    ),
  );
  const { program } = normalize({
    ...recording,
    shaders: [...recording.shaders, inPlace],
    pipelines: [...recording.pipelines, { shader: 2, entryPoint: 'main', constants: {} }],
  });
  const written = program.steps[0].bindings[2];
  assert.deepEqual(program.steps[1].bindings, [{ ...written, binding: 0 }]);
});

test("determines each binding's usage from WGSL, and rejects anything but buffers", () => {
  assert.deepEqual(
    [...readAccess(multiply)],
    [
      [0, 'read'],
      [1, 'read'],
      [2, 'write'],
      [3, 'uniform'],
    ],
  );
  assert.throws(() => readAccess('@group(0) @binding(0) var picture: texture_2d<f32>;'), /binds var<>/);
  assert.throws(() => readAccess('@group(1) @binding(0) var<storage> x: array<f32>;'), /several bind groups/);
  assert.throws(() => readAccess('let n = arrayLength(&x);'), /how long a buffer is/);
});

test('finds the function for all samples, or reports that there is none', () => {
  const samples = (size: (n: number) => number, from = 1) =>
    Array.from({ length: 64 - from + 1 }, (_, index) => [from + index, size(from + index)] as const);
  for (const size of [
    () => 7,
    (n: number) => n,
    (n: number) => 50_176 * n + 3,
    (n: number) => Math.ceil((784 * n) / 64),
    (n: number) => Math.ceil(n / 32),
    (n: number) => Math.floor((5 * n + 2) / 3),
    (n: number) => 1000 - 3 * n,
  ]) {
    for (const from of [1, 2]) {
      const found = fitSize(samples(size, from));
      assert.ok(found !== null);
      for (const [n, value] of samples(size, from)) assert.equal(evaluate(found, n), value);
    }
  }
  assert.deepEqual(fitSize(samples((n) => Math.ceil((784 * n) / 64))), [49, 3, 4]);
  assert.equal(fitSize(samples((n) => n * n)), null);
  assert.equal(fitSize(samples((n) => (n === 40 ? 41 : n))), null);
});

test('writes the same bytes every time, and reads them back', () => {
  const program = compile(record());
  const text = new TextDecoder().decode(emit(program));
  assert.equal(new TextDecoder().decode(emit(compile(record()))), text);
  assert.deepEqual(readWebGpuProgram(text), program);
});

/** All nested properties of a value, as functions that replace them. */
function places(value: unknown): ((other: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [
    (other: unknown) => {
      if (other === undefined) delete parent[key];
      else parent[key] = other;
    },
    ...places(parent[key]),
  ]);
}

/** Whether a program refers only to existing objects, checked independently. */
function isSound(program: WebGpuProgram): boolean {
  return (
    program.steps.every(
      ({ pipeline, bindings, workgroups }) =>
        typeof program.pipelines[pipeline] === 'object' &&
        workgroups.every((size) => evaluate(size, 1) >= 1 && evaluate(size, program.largestBatch) <= 65535) &&
        bindings.every(
          (bound) =>
            ('constant' in bound && program.constants[bound.constant].bytes > 0) ||
            ('temporary' in bound && program.temporaries[bound.temporary] > 0) ||
            ('uniforms' in bound && bound.uniforms.every((size) => Number.isInteger(evaluate(size, 1)))),
        ),
    ) &&
    Object.values(program.outputs).every(
      ({ length, temporary }) => length >= 1 && program.temporaries[temporary] >= 4 * length,
    )
  );
}

test('rejects every program with an invalid number, list or object', () => {
  const text = new TextDecoder().decode(emit(compile(record())));
  const junk = [undefined, null, -1, 0.5, 2 ** 40, NaN, '', 'text', true, [], {}, [null], [-1, -1, -1]];
  let refused = 0;
  const count = places(JSON.parse(text)).length;
  assert.ok(count > 50);
  for (let place = 0; place < count; place++) {
    for (const other of junk) {
      const program: unknown = JSON.parse(text);
      places(program)[place](other);
      try {
        assert.ok(isSound(readWebGpuProgram(JSON.stringify(program))), JSON.stringify([place, other]));
      } catch (error) {
        if (!(error instanceof TypeError) || !/is broken \(\w+\)/.test(error.message)) throw error;
        refused += 1;
      }
    }
  }
  assert.ok(refused > 400, `${refused} refused`);
});

test('rejects truncated text, invalid JSON, and other versions', () => {
  const text = new TextDecoder().decode(emit(compile(record())));
  for (const bad of [
    '',
    'null',
    '[]',
    '7',
    text.slice(0, -1),
    `<!doctype html>${text}`,
    text.replace('"version":2', '"version":1'),
  ]) {
    assert.throws(() => readWebGpuProgram(bad), { name: 'TypeError', message: /^The WebGPU program is broken/ });
  }
});
