/** Holds the sizes where they are: the committed table says how large each way of using the package is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.js';

const table = join(root, 'scripts/size/sizes.json');

/**
 * Compares sizes with the committed table, and writes what has shrunk into it.
 *
 * What is compared are bytes after minifying: unlike compressed ones they are the same with every version of Node.
 * @param {readonly { name: string, size: { raw: number } }[]} measured
 * @param {{ accept: boolean }} options `accept`: what has grown, or is new, is written too
 * @returns {string[]} what has grown, or is not in the table, in words
 */
export function compareSizes(measured, { accept }) {
  const known = /** @type {Record<string, number>} */ (JSON.parse(readFileSync(table, 'utf8')));
  const complaints = measured.flatMap(({ name, size: { raw } }) => {
    if (!(name in known)) return [`${name}: ${raw} bytes, not in the table`];
    return raw > known[name] ? [`${name}: ${raw} bytes, ${raw - known[name]} more than before`] : [];
  });
  const kept = measured.map(({ name, size: { raw } }) => [
    name,
    accept ? raw : Math.min(raw, known[name] ?? Number.MAX_SAFE_INTEGER),
  ]);
  if (accept || complaints.length === 0) {
    writeFileSync(table, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
    return [];
  }
  return complaints;
}
