/** Runs npm as users do in projects of their own. */
import { execFile, spawn, type ExecFileException } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import getPort from 'get-port';

const onWindows = process.platform === 'win32';

/** Milliseconds for a command, for a server to answer, and for it to end. */
const limits = { command: 900_000, start: 120_000, end: 10_000 };

/** Variables by which npm describes the package of the script that it runs, which is another one here. */
const ofThisScript = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$)/;

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisScript.test(name))),
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

const lastLines = (text: string) => text.trimEnd().split('\n').slice(-30).join('\n');

/** @throws {Error} with the last lines of its output, when it fails */
export async function npm(args: readonly string[], folder: string): Promise<void> {
  const options = { cwd: folder, env: environment, shell: onWindows, timeout: limits.command, maxBuffer: Infinity };
  try {
    await promisify(execFile)('npm', args, options);
  } catch (error) {
    const { code, killed, stdout = '', stderr = '' } = error as ExecFileException;
    const how = killed ? 'took too long' : `ended with ${code}`;
    throw new Error(`npm ${args.join(' ')} ${how}:\n${lastLines(stdout + stderr)}`, { cause: error });
  }
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  );

export interface ConsumerServer extends AsyncDisposable {
  readonly origin: string;
  /** May be called more than once. */
  readonly close: () => Promise<void>;
}

/**
 * Runs an npm script that serves a page.
 * @throws {Error} when it does not answer in time
 */
export async function startServer(script: string, folder: string): Promise<ConsumerServer> {
  const port = await getPort();
  const child = spawn('npm', ['run', script, '--', '--port', String(port)], {
    cwd: folder,
    env: environment,
    shell: onWindows,
    // In a process group of its own, so that it can be ended with all that it has started.
    detached: !onWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = once(child, 'close');
  const kill = (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): void => {
    try {
      if (onWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has already ended.
    }
  };
  const killAtExit = (): void => kill();
  process.on('exit', killAtExit);

  /** Waits until nothing is left that could write into the folder. */
  const close = async (): Promise<void> => {
    process.off('exit', killAtExit);
    if (!child.stdout.closed) kill();
    const timer = setTimeout(() => kill('SIGKILL'), limits.end);
    await closed;
    clearTimeout(timer);
  };

  const origin = `http://localhost:${port}`;
  const deadline = Date.now() + limits.start;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error(`npm run ${script} serves nothing:\n${lastLines(output)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { origin, close, [Symbol.asyncDispose]: close };
}
