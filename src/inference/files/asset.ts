import { crc32 } from './crc32.js';
import { InferenceError } from '../inference-error.js';

/** A file to fetch, with what is known of it beforehand. */
export interface Asset {
  readonly url: string;
  readonly kind: 'wasm' | 'webgpu' | 'model';
  /** Its size in bytes, where known. */
  readonly bytes?: number;
  /** Its SHA-256 in lower-case hexadecimal, where known. */
  readonly sha256?: string;
  /** Its CRC-32, where known: for pages without SHA-256. */
  readonly crc32?: number;
}

/** What may be known of a file beforehand. */
export type KnownFile = Omit<Asset, 'url' | 'kind'>;

/** The WebAssembly file at `url`. */
export function wasmAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'wasm', ...known };
}

/** The model file at `url`. */
export function modelAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'model', ...known };
}

/** The WebGPU program at `url`. */
export function webgpuAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'webgpu', ...known };
}

/** How many first bytes `checkFirstBytes` looks at. */
export const FIRST_BYTES = 64;

const kindNames = { wasm: 'WebAssembly file', webgpu: 'WebGPU program', model: 'model' };

/** `\0asm`, as https://webassembly.github.io/spec/core/binary/modules.html#binary-module has it. */
const wasmMagic = [0x00, 0x61, 0x73, 0x6d];

/**
 * Finds at once, by the first bytes, that a server sent something else, most often its "not found" page with status 200.
 * @throws {InferenceError} `asset-missing` for a page, `asset-not-wasm` for anything but WebAssembly
 */
export function checkFirstBytes(asset: Asset, bytes: Uint8Array): void {
  if (looksLikeMarkup(bytes)) {
    throw new InferenceError(
      asset.kind === 'wasm' ? 'asset-not-wasm' : 'asset-missing',
      `${asset.url} is an HTML page, not a ${kindNames[asset.kind]}. ` +
        'The server most likely has no such file and answers with a page instead: put the file there.',
      { url: asset.url },
    );
  }
  if (asset.kind === 'wasm' && !wasmMagic.every((byte, index) => bytes[index] === byte)) {
    throw new InferenceError(
      'asset-not-wasm',
      `${asset.url} is not a WebAssembly file: it does not begin with "\\0asm". Put the published file there unchanged.`,
      { url: asset.url },
    );
  }
}

function looksLikeMarkup(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, FIRST_BYTES)).trimStart().startsWith('<');
}

/**
 * Lets the browser set up what `checkWhole` needs, while a file is on its way: the first SHA-256 of a page takes
 * milliseconds longer than those that follow.
 */
export function prepareChecks(): void {
  void globalThis.crypto?.subtle?.digest('SHA-256', new Uint8Array());
}

/**
 * Compares a file that has arrived with what is known of it. Where the page has no `crypto.subtle` (outside of secure
 * contexts: plain HTTP on a host other than localhost) the CRC-32 stands in for the SHA-256.
 * @throws {InferenceError} `checksum`
 */
export async function checkWhole(asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (asset.bytes !== undefined && bytes.byteLength !== asset.bytes) {
    throw wrongFile(asset, `it has ${bytes.byteLength} bytes instead of ${asset.bytes}`);
  }
  if (!globalThis.crypto?.subtle) {
    if (asset.crc32 !== undefined && crc32(bytes) !== asset.crc32) throw wrongFile(asset, 'its CRC-32 is another');
    return;
  }
  if (asset.sha256 === undefined) return;
  const digest = await sha256(bytes);
  if (digest !== asset.sha256) throw wrongFile(asset, `its SHA-256 is ${digest} instead of ${asset.sha256}`);
}

function wrongFile({ url }: Asset, difference: string): InferenceError {
  const message = `${url} is not the file that this version was made for: ${difference}. Put the published file there unchanged, and empty caches in between.`;
  return new InferenceError('checksum', message, { url });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
