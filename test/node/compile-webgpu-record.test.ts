import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recorder } from '../../models/compile/webgpu/record.js';

type Method = (...args: never[]) => unknown;

/**
 * A fake WebGPU whose methods return new objects. A recorder wraps the prototypes permanently, so each test gets its
 * own.
 */
function installFakeWebGpu() {
  const define = (name: string, methods: Record<string, Method>) => {
    const made = class {};
    Object.assign(made.prototype, methods);
    Object.defineProperty(globalThis, name, { value: made, configurable: true });
    return made as new () => never;
  };
  const calls: string[] = [];
  const note = (name: string) => () => void calls.push(name);

  const ShaderModule = define('GPUShaderModule', { getCompilationInfo: note('getCompilationInfo') });
  const Layout = define('GPUBindGroupLayout', {});
  const PipelineLayout = define('GPUPipelineLayout', {});
  const BindGroup = define('GPUBindGroup', {});
  const CommandBuffer = define('GPUCommandBuffer', {});
  const Texture = define('GPUTexture', { createView: note('createView') });
  const Pipeline = define('GPUComputePipeline', { getBindGroupLayout: () => new Layout() });
  const Buffer = define('GPUBuffer', {
    mapAsync: () => Promise.resolve(),
    getMappedRange() {
      return (this as unknown as { range: ArrayBuffer }).range;
    },
    unmap: note('unmap'),
    destroy: note('destroy'),
  });
  const Pass = define('GPUComputePassEncoder', {
    setPipeline: note('setPipeline'),
    setBindGroup: note('setBindGroup'),
    dispatchWorkgroups: note('dispatchWorkgroups'),
    dispatchWorkgroupsIndirect: note('dispatchWorkgroupsIndirect'),
    setImmediates: note('setImmediates'),
    end: note('end'),
    pushDebugGroup: note('pushDebugGroup'),
  });
  const Encoder = define('GPUCommandEncoder', {
    beginComputePass: () => new Pass(),
    beginRenderPass: note('beginRenderPass'),
    copyBufferToBuffer: note('copyBufferToBuffer'),
    copyBufferToTexture: note('copyBufferToTexture'),
    resolveQuerySet: note('resolveQuerySet'),
    clearBuffer: note('clearBuffer'),
    finish: () => new CommandBuffer(),
  });
  define('GPUQueue', {
    submit: note('submit'),
    writeBuffer: note('writeBuffer'),
    writeTexture: note('writeTexture'),
    onSubmittedWorkDone: () => Promise.resolve(),
  });
  define('GPUAdapter', { requestDevice: note('requestDevice') });
  const Device = define('GPUDevice', {
    createShaderModule: () => new ShaderModule(),
    createBindGroupLayout: () => new Layout(),
    createPipelineLayout: () => new PipelineLayout(),
    createComputePipeline: () => new Pipeline(),
    createComputePipelineAsync: () => Promise.resolve(new Pipeline()),
    createRenderPipeline: note('createRenderPipeline'),
    createBuffer: ({ size }: { size: number }) => Object.assign(new Buffer(), { size, range: new ArrayBuffer(size) }),
    createBindGroup: () => new BindGroup(),
    createTexture: () => new Texture(),
    createQuerySet: note('createQuerySet'),
    createCommandEncoder: () => new Encoder(),
    pushErrorScope: note('pushErrorScope'),
    popErrorScope: () => Promise.resolve(null),
    destroy: note('destroy'),
  });
  const make = (name: string): never => new (globalThis as unknown as Record<string, new () => never>)[name]();
  const device = Object.assign<GPUDevice, object>(new Device(), { queue: make('GPUQueue') });
  return { device, calls, make };
}

/** A running recorder, and the objects of a small run. */
function start() {
  const { device, calls, make } = installFakeWebGpu();
  const recorder = new Recorder(device);
  const module = device.createShaderModule({ code: 'fn main() {}' });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const buffer = device.createBuffer({ size: 16, usage: 0x8c });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 2, resource: { buffer } }],
  });
  recorder.start(Float32Array.of(1, 2));
  const encoder = device.createCommandEncoder();
  return { device, calls, make, recorder, module, pipeline, buffer, group, encoder };
}

test('records a run in the order in which the GPU executes it', () => {
  const { device, calls, recorder, pipeline, buffer, group, encoder } = start();
  const other = device.createBuffer({ size: 16, usage: 0x8c });
  encoder.copyBufferToBuffer(buffer, other);
  const pass = encoder.beginComputePass();
  pass.pushDebugGroup('kernel');
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(5, 6);
  pass.end();
  encoder.clearBuffer(other);
  device.queue.writeBuffer(buffer, 4, Uint8Array.of(0, 7, 8, 0), 1, 2);
  device.queue.writeBuffer(buffer, 0, Float32Array.of(1, 2));
  device.queue.submit([encoder.finish()]);
  assert.deepEqual(recorder.stop(), [
    { type: 'create', buffer: 1 },
    { type: 'write', buffer: 0, offset: 4, bytes: Buffer.of(7, 8).toString('base64') },
    { type: 'input', buffer: 0 },
    { type: 'copy', source: 0, sourceOffset: 0, destination: 1, destinationOffset: 0, size: 16 },
    {
      type: 'dispatch',
      pipeline: 0,
      bindings: [{ binding: 2, buffer: 0, offset: 0, size: 16 }],
      workgroups: [5, 6, 1],
    },
    { type: 'clear', buffer: 1, offset: 0, size: 16 },
  ]);
  assert.ok(calls.includes('dispatchWorkgroups') && calls.includes('pushDebugGroup'));
  assert.deepEqual(recorder.pipelines, [{ shader: 0, entryPoint: 'main', constants: {} }]);
});

test('records writes through a mapping, and no reads', async () => {
  const { device, recorder } = start();
  const upload = device.createBuffer({ size: 4, usage: 0x6, mappedAtCreation: true });
  new Uint8Array(upload.getMappedRange()).set([1, 2, 3, 4]);
  upload.unmap();
  const answer = device.createBuffer({ size: 4, usage: 0x9 });
  await answer.mapAsync(1);
  answer.getMappedRange();
  answer.unmap();
  assert.deepEqual(recorder.stop(), [
    { type: 'create', buffer: 1 },
    { type: 'write', buffer: 1, offset: 0, bytes: Buffer.of(1, 2, 3, 4).toString('base64') },
    { type: 'create', buffer: 2 },
  ]);
});

test('runs no kernel while skipping, but records them', () => {
  const { device, calls, recorder, pipeline, group, encoder } = start();
  recorder.skipKernels();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(5);
  device.queue.submit([encoder.finish()]);
  assert.equal(recorder.stop().length, 1);
  assert.ok(!calls.includes('dispatchWorkgroups'));
});

test('rejects unsupported calls, even if the caller swallows the error', () => {
  type Started = ReturnType<typeof start>;
  const cases: [RegExp, (started: Started) => unknown][] = [
    [/GPUDevice\.createTexture is not known/, ({ device }) => device.createTexture({} as never)],
    [/GPUDevice\.createQuerySet is not known/, ({ device }) => device.createQuerySet({} as never)],
    [/GPUDevice\.createRenderPipeline is not known/, ({ device }) => device.createRenderPipeline({} as never)],
    [/GPUQueue\.writeTexture is not known/, ({ device }) => (device.queue.writeTexture as () => void)()],
    [/GPUCommandEncoder\.beginRenderPass is not known/, ({ encoder }) => encoder.beginRenderPass({} as never)],
    [/GPUCommandEncoder\.resolveQuerySet is not known/, ({ encoder }) => (encoder.resolveQuerySet as () => void)()],
    [
      /GPUComputePassEncoder\.dispatchWorkgroupsIndirect is not known/,
      ({ encoder, buffer }) => encoder.beginComputePass().dispatchWorkgroupsIndirect(buffer, 0),
    ],
    [
      /GPUComputePassEncoder\.setImmediates is not known/,
      ({ encoder }) => (encoder.beginComputePass() as unknown as { setImmediates(): void }).setImmediates(),
    ],
    [/a device of its own/, ({ make }) => (make('GPUAdapter') as GPUAdapter).requestDevice()],
    [/writes timestamps/, ({ encoder }) => encoder.beginComputePass({ timestampWrites: {} as never })],
    [/several bind groups/, ({ encoder, group }) => encoder.beginComputePass().setBindGroup(1, group)],
    [/several bind groups/, ({ pipeline }) => pipeline.getBindGroupLayout(1)],
    [/dynamic offset/, ({ encoder, group }) => encoder.beginComputePass().setBindGroup(0, group, [256])],
    [
      /dynamic offset/,
      ({ device }) =>
        device.createBindGroupLayout({ entries: [{ binding: 0, visibility: 4, buffer: { hasDynamicOffset: true } }] }),
    ],
    [
      /other than a buffer/,
      ({ device }) => device.createBindGroupLayout({ entries: [{ binding: 0, visibility: 4, sampler: {} }] }),
    ],
    [/not exactly one bind group/, ({ device }) => device.createPipelineLayout({ bindGroupLayouts: [] })],
    [/no entry point/, ({ device, module }) => device.createComputePipeline({ layout: 'auto', compute: { module } })],
    [/without pipeline or bind group/, ({ encoder }) => encoder.beginComputePass().dispatchWorkgroups(1)],
    [
      /made before the recording/,
      ({ device, make }) => device.queue.writeBuffer(make('GPUBuffer'), 0, new Uint8Array(4)),
    ],
  ];
  for (const [message, act] of cases) {
    const started = start();
    assert.throws(() => act(started), message);
    assert.throws(() => started.recorder.stop(), message);
  }
});

test('does not start if WebGPU lacks a method that it must wrap', () => {
  const { device } = installFakeWebGpu();
  Reflect.deleteProperty((globalThis as unknown as { GPUQueue: { prototype: object } }).GPUQueue.prototype, 'submit');
  assert.throws(() => new Recorder(device), /no GPUQueue\.submit/);
});
