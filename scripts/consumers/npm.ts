/** Runs npm as users do in projects of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';

const onWindows = process.platform === 'win32';

/** How long a command may take, a server until it answers, and until it has ended. */
const limits = { command: 900_000, start: 120_000, end: 10_000 };

/** Variables by which npm describes the package of a script that it runs, which is another package here. */
const ofThisScript = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$)/;

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisScript.test(name))),
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

/** What is still to be ended, should this process end first. */
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) endAll(child);
});

/** Ends a process with all that it has started. */
function endAll(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): void {
  if (!running.has(child) || child.pid === undefined) return;
  try {
    if (onWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}

function start(args: readonly string[], folder: string) {
  const child = spawn('npm', args, {
    cwd: folder,
    env: environment,
    shell: onWindows,
    detached: !onWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  }
  return { child, output };
}

const lastLines = (text: string) => text.trimEnd().split('\n').slice(-30).join('\n');

/**
 * @returns what npm wrote
 * @throws {Error} with the last lines that it wrote, when it fails
 */
export async function npm(args: readonly string[], folder: string): Promise<string> {
  const { child, output } = start(args, folder);
  const timer = setTimeout(() => endAll(child), limits.command);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (code !== 0) {
    const how = code === null ? 'was ended' : `ended with ${code}`;
    throw new Error(`npm ${args.join(' ')} ${how}:\n${lastLines(output.text)}`);
  }
  return output.text;
}

/**
 * Ends a server, and waits until nothing that it has started is left: it may write into its folder until then.
 * @param ended settled when the child and all that write where it does have ended
 */
async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  endAll(child);
  const timer = setTimeout(() => endAll(child, 'SIGKILL'), limits.end);
  await ended;
  clearTimeout(timer);
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

export interface ConsumerServer {
  readonly origin: string;
  /** May be called more than once. */
  readonly close: () => void | Promise<void>;
}

/**
 * Runs an npm script that serves a page until it is closed.
 * @throws {Error} when it does not answer in time
 */
export async function startServer(script: string, folder: string): Promise<ConsumerServer> {
  const port = await getPort();
  const { child, output } = start(['run', script, '--', '--port', String(port)], folder);
  const ended = once(child, 'close');
  const origin = `http://localhost:${port}`;
  const deadline = Date.now() + limits.start;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child, ended);
      throw new Error(`npm run ${script} serves nothing:\n${lastLines(output.text)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { origin, close: () => stop(child, ended) };
}
