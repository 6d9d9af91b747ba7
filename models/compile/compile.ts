/** Compiles models ahead of time: `npm run compile-models -- --help`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { flag, parseCommandLine, pathOf, runCommand, UsageError } from '../../scripts/shared/command-line.js';
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

const usage = `Compiles the models of models/catalog.json ahead of time, into models/compiled and src/generated.

Usage: npm run compile-models -- [options]

  --check               compiles anew, writes nothing, and fails where a byte differs from what is there
  --model FILE          tries the compiler on another ONNX model: whether it can be compiled, and to what. The package
                        loads the catalog's models only
  --output FOLDER       for the programs of --model; the current folder without it
  --help                this text`;

const file = { type: 'string' } as const;

/** @param folder that relative paths are resolved against */
function parseOptions(args: string[], folder: string) {
  const { values } = parseCommandLine({ args, options: { help: flag, check: flag, model: file, output: file } });
  const { check, model, output } = values;
  if (check && model !== undefined) throw new UsageError("--check compares the catalog's models: leave --model out.");
  if (output !== undefined && model === undefined)
    throw new UsageError('--output is for the programs of --model FILE.');
  return { ...values, model: pathOf(folder, model), output: resolve(folder, output ?? '.') };
}

await runCommand(usage, parseOptions, async ({ check, model, output }) => {
  if (model) {
    const { programs } = await compile(model);
    mkdirSync(output, { recursive: true });
    for (const { file, bytes } of Object.values(programs)) writeFileSync(join(output, file), bytes);
    return true;
  }
  const different = await compileCatalog(!check);
  if (check && different.length > 0) {
    console.error(
      `After recompiling, ${different.join(', ')} differ. Run npm run compile-models and commit the result.`,
    );
    return false;
  }
  return true;
});
