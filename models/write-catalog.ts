/**
 * Writes what the package needs of the models at run time: src/model/catalog.ts from models/catalog.json, and
 * src/inference/engines/wasm/wasm-programs.ts from models/compiled. `npx tsx models/write-catalog.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { crc32 } from '../src/inference/files/crc32.js';

const source = new URL('catalog.json', import.meta.url);
const catalogTarget = new URL('../src/model/catalog.ts', import.meta.url);
const programsTarget = new URL('../src/inference/engines/wasm/wasm-programs.ts', import.meta.url);

/** The part of a model's description that the package needs at run time. */
interface ModelDescription {
  name: string;
  file: string;
  bytes: number;
  sha256: string;
  parameters: number;
  input: string;
  output: string;
  temperature: number;
  leastEnergy: number;
  programs: Record<'wasm' | 'webgpu', ProgramDescription>;
}

/** A program compiled from a model. */
interface ProgramDescription {
  file: string;
  bytes: number;
  sha256: string;
}

function read(path: string): Buffer<ArrayBuffer> {
  return readFileSync(new URL(path, import.meta.url));
}

async function pretty(text: string, target: URL): Promise<string> {
  const filepath = fileURLToPath(target);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** The text of src/model/catalog.ts for a catalogue. */
export async function catalogModule(models: readonly ModelDescription[]): Promise<string> {
  const entries = models.map((model) => {
    const { name, file, bytes, sha256, parameters, input, output, temperature, leastEnergy, programs } = model;
    if (!programs) throw new Error(`${name} has no programs yet. Run npm run compile-models.`);
    const { webgpu } = programs;
    const webgpuProgram = { ...webgpu, crc32: crc32(read(`compiled/${webgpu.file}`)) };
    const asset = { file, bytes, sha256, crc32: crc32(read(file)) };
    return [name, { ...asset, parameters, input, output, temperature, leastEnergy, webgpuProgram }];
  });
  const text = `// Generated from models/catalog.json by models/write-catalog.ts. Change the models, not this file.

/** A program for WebGPU, compiled from a model, in models/compiled/. */
export interface CatalogProgram {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
}

/** One of the package's models. */
export interface CatalogEntry {
  /** File name, beside the others in models/. */
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
  readonly parameters: number;
  /** Name of the input tensor, float32 \`[n, 1, 28, 28]\`, 0..1. */
  readonly input: string;
  /** Name of the output tensor, float32 \`[n, 10]\`, logits. */
  readonly output: string;
  /** Divides the logits before the softmax, so that probabilities are calibrated (Guo et al. 2017). */
  readonly temperature: number;
  /** The energy score (logsumexp of the logits) that 99.5 % of real digits reach; below it, it is no digit. */
  readonly leastEnergy: number;
  /** Compiled from it. The program for the processor is in wasm-programs.ts. */
  readonly webgpuProgram: CatalogProgram;
}

/** Name of a model in the catalogue. */
export type ModelName = ${models.map(({ name }) => `'${name}'`).join(' | ')};

/** The package's models by name. */
export const catalog: Readonly<Record<ModelName, CatalogEntry>> = ${JSON.stringify(Object.fromEntries(entries))};

/** The model that is used when none is asked for. */
export const DEFAULT_MODEL: ModelName = 'compact';
`;
  return pretty(text, catalogTarget);
}

/** The text of src/inference/engines/wasm/wasm-programs.ts for a catalogue. */
export async function wasmProgramsModule(models: readonly ModelDescription[]): Promise<string> {
  const programs = models.map(({ name, programs }) => [name, read(`compiled/${programs.wasm.file}`).toString('base64')]);
  const text = `// Generated from models/compiled by models/write-catalog.ts. Change the models, not this file.
import type { ModelName } from '../../../model/catalog.js';

/**
 * The programs for the processor, as base64. They are a few kilobytes that every page needs, so they come in the script:
 * one is compiled while the model is still on its way.
 */
export const wasmPrograms: Readonly<Record<ModelName, string>> = ${JSON.stringify(Object.fromEntries(programs))};
`;
  return pretty(text, programsTarget);
}

/** Writes both modules from the catalogue as it is now. */
export async function writeCatalog(): Promise<void> {
  const { models } = JSON.parse(readFileSync(source, 'utf8')) as { models: ModelDescription[] };
  writeFileSync(catalogTarget, await catalogModule(models));
  writeFileSync(programsTarget, await wasmProgramsModule(models));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await writeCatalog();
