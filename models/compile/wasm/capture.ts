/**
 * Runs the model on stock ONNX Runtime and takes a snapshot of it, ready to run again.
 *
 * Relied on, and checked while capturing:
 * - the glue code (`ort-wasm-simd-threaded.mjs`) has `_OrtInit`, `_OrtCreateSession`, `_OrtRun` and so on, with the
 *   parameters that onnxruntime-web's own `wasm-core-impl.ts` gives them: every return code is looked at;
 * - a run calls nothing of the glue but `invoke_*` (a C++ call that may throw) and the clock: both are recognised by
 *   their source, and a run that calls anything else fails the capture.
 *
 * The clock stands still and the environment is empty, so that the same model gives the same snapshot.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FloatRange } from '../../../src/model/wasm-program-format.js';
import type { OnnxModel } from '../onnx.js';
import { exportGlobals, globalName, readGlobals } from './instrument.js';

/** What an import of ONNX Runtime is, of those that a run calls. */
export type ImportKind = 'invoke' | 'clock';

/** ONNX Runtime with a session, stopped between two runs. */
export interface Snapshot {
  /** The module that was running, as published. */
  readonly module: Uint8Array;
  readonly memory: Uint8Array;
  /** Values of the mutable globals by number. */
  readonly globals: ReadonlyMap<number, number>;
  /** The name under which the module exports `OrtRun`, and what it is called with. */
  readonly run: { readonly name: string; readonly parameters: readonly number[] };
  /** The imports that a run calls, by name. */
  readonly imports: ReadonlyMap<string, ImportKind>;
  readonly input: FloatRange;
  readonly output: FloatRange;
  /** Runs stock ONNX Runtime on the session that the snapshot shows. */
  infer(input: Float32Array): Float32Array;
}

/** What is used of ONNX Runtime's glue code. */
interface Glue {
  _malloc(bytes: number): number;
  _free(address: number): void;
  _OrtInit(threads: number, logLevel: number): number;
  _OrtCreateSessionOptions(...parameters: number[]): number;
  _OrtReleaseSessionOptions(options: number): number;
  _OrtCreateSession(model: number, bytes: number, options: number): number;
  _OrtCreateRunOptions(...parameters: number[]): number;
  _OrtCreateTensor(type: number, data: number, bytes: number, shape: number, axes: number, location: number): number;
  _OrtRun(...parameters: number[]): number;
  _OrtGetLastError(code: number, message: number): void;
  stackAlloc(bytes: number): number;
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, address: number, bytes: number): void;
  UTF8ToString(address: number): string;
}

type ImportedFunction = (...parameters: number[]) => unknown;

type StartGlue = (settings: {
  numThreads: number;
  instantiateWasm: (
    imports: { a: Record<string, ImportedFunction | WebAssembly.Memory> },
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => void;
}) => Promise<Glue>;

/** The WebAssembly file of onnxruntime-web from which programs are made. */
const RUNTIME_FILE = 'ort-wasm-simd-threaded.wasm';

const FLOAT32 = 1;
const CPU = 1;
const FLOAT_BYTES = 4;
const CACHE_LINE = 64;
const WARM_UPS = 3;
/** The time that ONNX Runtime is told, in nanoseconds. */
export const CLOCK = 1_000_000_000n;

/** `invoke_*`: save the stack, call through the table, on a C++ exception restore the stack. */
const invokeSource =
  /\{var ([\w$]+)=[\w$]+\(\);try\{(?:return )?[\w$]+\([\w$]+\)\([^)]*\)\}catch\(([\w$]+)\)\{[\w$]+\(\1\);/;
/** `clock_time_get(clock, precision, address)`. */
const clockSource = /=Math\.round\(1E6\*[\w$]+\);.*=BigInt\([\w$]+\);return 0\}$/;
/** `environ_sizes_get(count address, bytes address)`. */
const environmentSource = /=[\w$]+\.length;[\w$]+=0;for\(var [\w$]+ of [\w$]+\)/;

/**
 * Starts ONNX Runtime in this process, creates a session, runs it a few times and takes a snapshot.
 * @param file the ONNX model
 * @throws {Error} where ONNX Runtime refuses the model, or is not what is relied on
 */
export async function capture(file: Uint8Array, model: OnnxModel): Promise<Snapshot> {
  const resolve = createRequire(import.meta.url).resolve;
  const module = readFileSync(resolve(`onnxruntime-web/${RUNTIME_FILE}`));
  const glueFile = resolve(`onnxruntime-web/${RUNTIME_FILE.replace('.wasm', '.mjs')}`);
  const { default: startGlue } = (await import(pathToFileURL(glueFile).href)) as { default: StartGlue };
  const runtime = await start(startGlue, module);
  const session = createSession(runtime, file);
  const call = prepareCall(runtime, session, model);

  const values = (range: FloatRange) => new Float32Array(runtime.memory.buffer, range.address, range.length);
  const infer = (input: Float32Array): Float32Array => {
    values(call.input).set(input);
    check(runtime, runtime.glue._OrtRun(...call.parameters), 'run the model');
    return values(call.output).slice();
  };

  const input = Float32Array.from({ length: call.input.length }, (_, index) => (index % 17) / 16);
  for (let count = 0; count < WARM_UPS; count++) infer(input);
  runtime.called.clear();
  infer(input);
  const imports = new Map([...runtime.called].map((name) => [name, kindOfImport(name, runtime.sources)]));
  const memory = new Uint8Array(runtime.memory.buffer).slice();
  const globals = readMutableGlobals(runtime, module);
  const name = Object.keys(runtime.exports).find((key) => runtime.exports[key] === runtime.glue._OrtRun);
  if (name === undefined) throw changed('its glue code no longer takes OrtRun as it is exported');
  return { module, memory, globals, run: { name, parameters: call.parameters }, imports, ...call, infer };
}

interface Runtime {
  readonly glue: Glue;
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory;
  /** The glue's functions, by the name under which the module imports them, as JavaScript. */
  readonly sources: ReadonlyMap<string, string>;
  /** Names of the imports that were called. */
  readonly called: Set<string>;
}

async function start(startGlue: StartGlue, module: Uint8Array): Promise<Runtime> {
  const sources = new Map<string, string>();
  const called = new Set<string>();
  let memory: WebAssembly.Memory | undefined;
  let exports: WebAssembly.Exports = {};
  const view = () => new DataView(memory!.buffer);
  const replacements: [RegExp, ImportedFunction][] = [
    [
      clockSource,
      (_clock, _precision, address) => {
        view().setBigInt64(address >>> 0, CLOCK, true);
        return 0;
      },
    ],
    [
      environmentSource,
      (count, bytes) => {
        view().setUint32(count >>> 0, 0, true);
        view().setUint32(bytes >>> 0, 0, true);
        return 0;
      },
    ],
  ];
  const glue = await startGlue({
    numThreads: 1,
    instantiateWasm: ({ a }, done) => {
      for (const [name, value] of Object.entries(a)) {
        if (value instanceof WebAssembly.Memory) {
          memory = value;
          continue;
        }
        const source = Function.prototype.toString.call(value).replaceAll('\n', '');
        const [, replacement = value] = replacements.find(([pattern]) => pattern.test(source)) ?? [];
        sources.set(name, source);
        a[name] = (...parameters) => {
          called.add(name);
          return replacement(...parameters);
        };
      }
      void WebAssembly.instantiate(Uint8Array.from(exportGlobals(module)), { a }).then((result) => {
        exports = result.instance.exports;
        done(result.instance, result.module);
      });
    },
  });
  if (!memory) throw changed('it no longer imports its memory');
  for (const [pattern] of replacements) {
    const count = [...sources.values()].filter((source) => pattern.test(source)).length;
    if (count !== 1) throw changed(`${count} functions of its glue code look like ${String(pattern)}`);
  }
  return { glue, exports, memory, sources, called };
}

function createSession(runtime: Runtime, file: Uint8Array): number {
  const { glue, memory } = runtime;
  check(runtime, glue._OrtInit(1, 2), 'start');
  const model = glue._malloc(file.length);
  new Uint8Array(memory.buffer).set(file, model);
  // All optimisations, neither arena nor memory pattern, sequential, no profile: what onnxruntime-web does by default.
  const options = glue._OrtCreateSessionOptions(99, 0, 0, 0, 0, 0, 0, 2, 0, 0);
  const session = glue._OrtCreateSession(model, file.length, options);
  if (!session) check(runtime, 1, 'load the model');
  glue._OrtReleaseSessionOptions(options);
  glue._free(model);
  return session;
}

/** Tensors for one run that stay where they are, and the parameters of OrtRun that name them. */
function prepareCall(runtime: Runtime, session: number, { input, output }: OnnxModel) {
  const { glue, memory } = runtime;
  const word = (address: number, value: number) => new DataView(memory.buffer).setUint32(address, value, true);
  const text = (value: string) => {
    const bytes = glue.lengthBytesUTF8(value) + 1;
    const address = glue._malloc(bytes);
    glue.stringToUTF8(value, address, bytes);
    return address;
  };
  const tensor = (shape: readonly number[]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const unaligned = glue._malloc(length * FLOAT_BYTES + CACHE_LINE);
    const address = Math.ceil(unaligned / CACHE_LINE) * CACHE_LINE;
    const sizes = glue._malloc(shape.length * 4);
    shape.forEach((size, axis) => word(sizes + 4 * axis, size));
    const handle = glue._OrtCreateTensor(FLOAT32, address, length * FLOAT_BYTES, sizes, shape.length, CPU);
    if (!handle) check(runtime, 1, 'make a tensor');
    glue._free(sizes);
    return { address, length, handle };
  };
  const given = tensor(fixedShape(input));
  const answer = tensor(fixedShape(output));
  const frame = glue._malloc(16);
  const names = [text(input.name), given.handle, text(output.name), answer.handle];
  names.forEach((value, index) => word(frame + 4 * index, value));
  const options = glue._OrtCreateRunOptions(2, 0, 0, 0);
  return {
    input: { address: given.address, length: given.length },
    output: { address: answer.address, length: answer.length },
    parameters: [session, frame, frame + 4, 1, frame + 8, 1, frame + 12, options],
  };
}

/** The shape for one picture: an open first axis is the batch. */
function fixedShape({ name, shape }: OnnxModel['input']): number[] {
  return shape.map((size, axis) => {
    if (size === null && axis > 0) throw new TypeError(`Axis ${axis} of "${name}" has no fixed size.`);
    return size ?? 1;
  });
}

function kindOfImport(name: string, sources: ReadonlyMap<string, string>): ImportKind {
  const source = sources.get(name) ?? '';
  if (invokeSource.test(source)) return 'invoke';
  if (clockSource.test(source)) return 'clock';
  throw changed(`a run calls ${source.slice(0, 200)}, which a program cannot have`);
}

function readMutableGlobals({ exports }: Runtime, module: Uint8Array): Map<number, number> {
  const globals = new Map<number, number>();
  readGlobals(module).forEach(({ mutable }, index) => {
    if (mutable) globals.set(index, Number((exports[globalName(index)] as WebAssembly.Global).value));
  });
  return globals;
}

function check(runtime: Runtime, code: number, task: string): void {
  if (code === 0) return;
  const { glue, memory } = runtime;
  const address = glue.stackAlloc(8);
  glue._OrtGetLastError(address, address + 4);
  const message = glue.UTF8ToString(new DataView(memory.buffer).getUint32(address + 4, true));
  throw new Error(`ONNX Runtime could not ${task}: ${message}`);
}

function changed(what: string): Error {
  return new Error(`This is not the ONNX Runtime that programs are made from: ${what}. See models/compile/README.md.`);
}
