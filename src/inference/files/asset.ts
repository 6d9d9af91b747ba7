import { InferenceError } from '../inference-error.js';
import { crc32 } from './crc32.js';

/** A file to fetch, with what is known about it in advance. */
export interface Asset {
  readonly url: string;
  readonly kind: 'wasm' | 'webgpu' | 'model';
  /** Size in bytes, if known. */
  readonly bytes?: number;
  /** SHA-256 in lowercase hexadecimal, if known. */
  readonly sha256?: string;
  /** CRC-32, if known: for pages without SHA-256. */
  readonly crc32?: number;
}

/** What may be known about a file in advance. */
export type KnownFile = Omit<Asset, 'url' | 'kind'>;

/** Returns the WebAssembly file at `url`. */
export function wasmAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'wasm', ...known };
}

/** Returns the model file at `url`. */
export function modelAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'model', ...known };
}

/** Returns the WebGPU program at `url`. */
export function webgpuAsset(url: string, known: KnownFile = {}): Asset {
  return { url, kind: 'webgpu', ...known };
}

/** How many bytes `checkFirstBytes` inspects. */
export const FIRST_BYTES = 64;

const kindNames = { wasm: 'WebAssembly file', webgpu: 'WebGPU program', model: 'model' };

/** `\0asm`, see https://webassembly.github.io/spec/core/binary/modules.html#binary-module. */
const wasmMagic = [0x00, 0x61, 0x73, 0x6d];

/**
 * Detects early, by the first bytes, that a server sent something else, usually a "not found" page with status 200.
 * @throws {InferenceError} `asset-missing` for a page, `asset-not-wasm` for anything but WebAssembly
 */
export function checkFirstBytes(asset: Asset, bytes: Uint8Array): void {
  if (looksLikeMarkup(bytes)) {
    throw new InferenceError(
      asset.kind === 'wasm' ? 'asset-not-wasm' : 'asset-missing',
      `${asset.url} is an HTML page, not a ${kindNames[asset.kind]}. ` +
        'The server most likely lacks the file and sends a page instead: put the file there.',
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
 * Warms up what `checkWhole` needs while a file is loading: a page's first SHA-256 takes milliseconds longer than later
 * ones.
 */
export function prepareChecks(): void {
  void globalThis.crypto?.subtle?.digest('SHA-256', new Uint8Array());
}

/**
 * Validates a complete file against what is known about it. Without `crypto.subtle` (outside of secure contexts: plain
 * HTTP on a host other than localhost) the CRC-32 replaces the SHA-256.
 * @throws {InferenceError} `checksum`
 */
export async function checkWhole(asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (asset.bytes !== undefined && bytes.byteLength !== asset.bytes) {
    throw wrongFile(asset, `it has ${bytes.byteLength} bytes instead of ${asset.bytes}`);
  }
  if (!globalThis.crypto?.subtle) {
    if (asset.crc32 !== undefined && crc32(bytes) !== asset.crc32) throw wrongFile(asset, 'its CRC-32 differs');
    return;
  }
  if (asset.sha256 === undefined) return;
  const digest = await sha256(bytes);
  if (digest !== asset.sha256) throw wrongFile(asset, `its SHA-256 is ${digest} instead of ${asset.sha256}`);
}

/** Creates the error for a file that is not the expected one. */
export function wrongFile({ url }: Asset, difference: string): InferenceError {
  const message = `${url} is not the file that this version was made for: ${difference}. Put the published file there unchanged, and clear caches in between.`;
  return new InferenceError('checksum', message, { url });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
