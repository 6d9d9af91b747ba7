/** Runs npm as somebody would in a project of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';

const onWindows = process.platform === 'win32';

/** How long a command may take, a server until it answers, and until it has ended. */
const limits = { command: 900_000, start: 120_000, end: 10_000 };

/** What npm tells the scripts that it runs of the package that they belong to, which is another one here. */
const ofThisScript = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$)/;

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisScript.test(name))),
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

/** What is still to be ended, should this process end first. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => {
  for (const child of running) endAll(child);
});

/**
 * Ends a process with all that it has started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {'SIGTERM' | 'SIGKILL'} [signal]
 */
function endAll(child, signal = 'SIGTERM') {
  if (!running.has(child) || child.pid === undefined) return;
  try {
    if (onWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}

/**
 * @param {string[]} args
 * @param {string} folder
 */
function start(args, folder) {
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
    stream.on('data', (/** @type {Buffer} */ chunk) => (output.text += chunk.toString()));
  }
  return { child, output };
}

/** @param {string} text */
const lastLines = (text) => text.trimEnd().split('\n').slice(-30).join('\n');

/**
 * @param {string[]} args of npm
 * @param {string} folder
 * @returns {Promise<string>} what it wrote
 * @throws {Error} with the last lines that it wrote, when it fails
 */
export async function npm(args, folder) {
  const { child, output } = start(args, folder);
  const timer = setTimeout(() => endAll(child), limits.command);
  const [code] = /** @type {[number | null]} */ (await once(child, 'close'));
  clearTimeout(timer);
  if (code !== 0) {
    const how = code === null ? 'was ended' : `ended with ${code}`;
    throw new Error(`npm ${args.join(' ')} ${how}:\n${lastLines(output.text)}`);
  }
  return output.text;
}

/**
 * Ends a server, and waits until nothing that it has started is left: it may write into its folder until then.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} ended settled when the child and all that write where it does have ended
 */
async function stop(child, ended) {
  endAll(child);
  const timer = setTimeout(() => endAll(child, 'SIGKILL'), limits.end);
  await ended;
  clearTimeout(timer);
}

/** @param {string} url */
const answers = (url) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

/**
 * Runs an npm script that serves a page until it is closed.
 * @param {string} script
 * @param {string} folder
 * @returns {Promise<{ origin: string, close(): Promise<void> }>} `close` may be called more than once
 * @throws {Error} when it does not answer in time
 */
export async function startServer(script, folder) {
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
