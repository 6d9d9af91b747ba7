/** The projects of test/consumers, as described by their `consumer.json`. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { root } from '../setup.js';
import { UsageError } from '../shared/command-line.js';

/** One way of using a project: what is run, what is served, and how the page reads digits. */
export interface Run {
  readonly name: string;
  /** npm script that must succeed first. */
  readonly script?: string;
  /** Folder of the project that is served as by a static host. */
  readonly folder?: string;
  /** Path that the folder is served under: `/` without it. */
  readonly path?: string;
  /** npm script that serves the page instead of a static host; it is passed `--port`. */
  readonly server?: string;
  /** Name of a host that serves the installed packages, like a CDN. */
  readonly cdn?: string;
  /** Content-Security-Policy of the static host; without it, the strictest that the README promises. */
  readonly policy?: string;
  /** Whether the page is visited once more with the server gone. */
  readonly offline?: boolean;
  /**
   * `pad`: drawn on the element, and read where the page writes it, `#answer`; `strokes`: by the page's
   * `readDigit(strokes)`; `nothing`: the script alone must succeed.
   */
  readonly reads: 'pad' | 'strokes' | 'nothing';
  /** Whether the page has the field in a form with state of its own, and the buttons of `form.ts`. */
  readonly form?: boolean;
}

export interface Project {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  /** Whether continuous integration runs it. */
  readonly core: boolean;
  readonly runs: readonly Run[];
}

export const consumers = join(root, 'test/consumers');

/** By name. */
export const listProjects = (): Project[] =>
  globSync('*/consumer.json', { cwd: consumers })
    .map(dirname)
    .sort()
    .map((name) => {
      const folder = join(consumers, name);
      const description = JSON.parse(readFileSync(join(folder, 'consumer.json'), 'utf8')) as Omit<Project, 'name'>;
      return { ...description, name, folder };
    });

/** @throws {UsageError} for an unknown name */
export function selectProjects(
  projects: readonly Project[],
  { core, names }: { core: boolean; names: readonly string[] },
): readonly Project[] {
  const known = projects.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no project "${unknown}" in test/consumers: ${known.join(', ')}.`);
  }
  return projects.filter((project) => (names.length > 0 ? names.includes(project.name) : !core || project.core));
}
