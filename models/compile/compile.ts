/**
 * Compiles models ahead of time: `npm run compile-models`.
 *
 *   npm run compile-models                        all models of the catalog, into models/compiled and src/generated
 *   npm run compile-models -- --check             compiles anew and fails where a byte differs from what is there
 *   npm run compile-models -- --model FILE --output FOLDER     another ONNX model
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { wasmProgramFile, wasmProgramModule, writeCatalog } from '../write-catalog.js';
import { readOnnx } from './onnx.js';
import { compileWasm } from './wasm/compile-wasm.js';
import { compileWebGpu } from './webgpu/compile-webgpu.js';
import { emit } from './webgpu/emit.js';
import { collectWeights } from './weights.js';

/** A file generated from a model. */
interface Artifact {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The result of compiling a model. */
interface Compilation {
  readonly model: Uint8Array;
  /** Number of values per image, by output name. */
  readonly outputs: Record<string, number>;
  readonly programs: Record<'wasm' | 'webgpu', Artifact>;
}

/** The properties of a model's catalog entry that are updated here; others stay as they are. */
interface CatalogModel {
  readonly name: string;
  readonly file: string;
  bytes: number;
  sha256: string;
  /** Number of values per image, by output name. */
  outputs?: Record<string, number>;
  programs?: Record<string, { file?: string; bytes: number; sha256: string }>;
}

const models = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(models, 'compiled');
const catalogFile = join(models, 'catalog.json');

/**
 * Compiles one model.
 * @throws {Error} naming the model and what cannot be compiled
 */
async function compile(path: string): Promise<Compilation> {
  try {
    return await compilePrograms(path);
  } catch (cause) {
    throw new Error(`${basename(path)}: ${(cause as Error).message}`, { cause });
  }
}

async function compilePrograms(path: string): Promise<Compilation> {
  const started = performance.now();
  const file = readFileSync(path);
  const model = readOnnx(file);
  const weights = collectWeights(file, model);
  const name = basename(path, '.onnx');
  const { program, outputs, golden } = await compileWasm(file, model, weights);
  const kernels = await compileWebGpu({ model: file, weights });
  const programs = {
    wasm: { file: `${name}.program.wasm`, bytes: program },
    webgpu: { file: `${name}.webgpu.json`, bytes: emit({ ...kernels, golden }) },
  };
  const sizes = Object.values(programs).map((program) => {
    const compressed = gzipSync(program.bytes, { level: 9 }).length;
    return `${program.file} ${kilobytes(program.bytes.length)}, ${kilobytes(compressed)} gzip`;
  });
  console.log(`${basename(path)}: ${sizes.join('; ')}; ${((performance.now() - started) / 1000).toFixed(0)} s`);
  const lengths = Object.entries(outputs).map(([output, { length }]) => [output, length]);
  return { model: file, outputs: Object.fromEntries(lengths) as Record<string, number>, programs };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a file exists with exactly this content. */
const holds = (path: string, content: string | Uint8Array): boolean =>
  existsSync(path) && Buffer.compare(readFileSync(path), Buffer.from(content)) === 0;

/** Compiles the catalog's models; returns the paths of files that differ from the existing ones. */
async function compileCatalog(write: boolean): Promise<string[]> {
  const catalog = JSON.parse(readFileSync(catalogFile, 'utf8')) as { models: CatalogModel[] };
  const different: string[] = [];
  mkdirSync(compiled, { recursive: true });
  mkdirSync(new URL('.', wasmProgramFile('')), { recursive: true });
  for (const model of catalog.models) {
    const compilation = await compile(join(models, model.file));
    const { wasm, webgpu } = compilation.programs;
    const files = [
      { path: fileURLToPath(wasmProgramFile(model.name)), content: wasmProgramModule(wasm.bytes) },
      { path: join(compiled, webgpu.file), content: webgpu.bytes },
    ];
    for (const { path, content } of files) {
      if (!holds(path, content)) different.push(path);
      if (write) writeFileSync(path, content);
    }
    model.bytes = compilation.model.length;
    model.sha256 = sha256(compilation.model);
    model.outputs = compilation.outputs;
    model.programs = Object.fromEntries(
      Object.entries(compilation.programs).map(([backend, { file, bytes }]) => [
        backend,
        // The WebAssembly program is part of a generated module.
        { ...(backend === 'webgpu' && { file }), bytes: bytes.length, sha256: sha256(bytes) },
      ]),
    );
  }
  const text = `${JSON.stringify(catalog, null, 2)}\n`;
  if (!holds(catalogFile, text)) different.push(catalogFile);
  if (write) {
    writeFileSync(catalogFile, text);
    writeCatalog();
  }
  return different.map((path) => relative(join(models, '..'), path));
}

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, model: { type: 'string' }, output: { type: 'string' } },
});

try {
  if (values.model) {
    // npm runs scripts in the package's folder; paths are relative to where the command was given.
    const given = process.env.INIT_CWD ?? process.cwd();
    const { programs } = await compile(resolve(given, values.model));
    const folder = resolve(given, values.output ?? '.');
    mkdirSync(folder, { recursive: true });
    for (const { file, bytes } of Object.values(programs)) writeFileSync(join(folder, file), bytes);
  } else {
    const different = await compileCatalog(!values.check);
    if (values.check && different.length > 0) {
      throw new Error(
        `After recompiling, ${different.join(', ')} differ. Run npm run compile-models and commit the result.`,
      );
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
