/** The Python environment of training, and the commands that run in it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const trainingFolder = fileURLToPath(new URL('.', import.meta.url));

/** @throws {Error} when the command cannot be started or fails */
export function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (error) throw new Error(`${command} could not be started: ${error.message}.`, { cause: error });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed with status ${status}.`);
}

/** Returns the Python of `.venv`, which is created from requirements.txt if it is missing or outdated. */
export function ensurePython(): string {
  const environment = join(trainingFolder, '.venv');
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = join(trainingFolder, 'requirements.txt');
  const stamp = join(environment, 'requirements.installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  run(process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3'), ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}
