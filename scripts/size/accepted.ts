/** The sizes that the last `npm run size -- --accept` has accepted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Uncompressed bytes, which are the same on all machines, by what a page loads. */
export type Sizes = Readonly<Record<string, number>>;

const file = join(import.meta.dirname, 'accepted.json');

export const readAccepted = (): Sizes => JSON.parse(readFileSync(file, 'utf8')) as Sizes;

export const accept = (sizes: Sizes): void => writeFileSync(file, `${JSON.stringify(sizes, null, 2)}\n`);

/** Returns what has grown, or was never accepted, and by how many bytes. */
export function findGrown(sizes: Sizes, accepted: Sizes): { name: string; size: number; growth: number }[] {
  return Object.entries(sizes)
    .map(([name, size]) => ({ name, size, growth: size - (accepted[name] ?? 0) }))
    .filter(({ growth }) => growth > 0);
}
