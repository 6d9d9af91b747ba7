/** The browsers that are measured: Chromium through Playwright, Firefox through Puppeteer (WebDriver BiDi). */
import type { CDPSession } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import {
  findFirefox,
  firefoxPreferences,
  firefoxSoftwareWebGpuPreferences,
  launchChromium as startChromium,
  softwareWebGpuArguments,
} from '../browser.js';
import type { Evaluator } from '../module-page.js';

/** Time limit of any call, in milliseconds: a million predictions on a slow machine. */
const timeout = 3_600_000;

/**
 * An event of https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU; times in microseconds.
 */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** A page in a browser context of its own, which is closed with it. */
export interface BenchPage extends Evaluator, AsyncDisposable {
  readonly mouse: { move(x: number, y: number): Promise<void>; down(): Promise<void>; up(): Promise<void> };
  goto(url: string): Promise<unknown>;
  /** Chromium only. */
  readonly protocol?: CDPSession;
  /** Records what the browser does during an action; Chromium only. */
  readonly trace?: (action: () => Promise<unknown>) => Promise<TraceEvent[]>;
}

export interface BenchBrowser extends AsyncDisposable {
  /** Name and version. */
  readonly name: string;
  open(url: string): Promise<BenchPage>;
}

export interface LaunchOptions {
  readonly softwareWebGpu?: boolean;
  /** By how many times to slow down the CPU; Chromium only. */
  readonly throttle?: number;
}

export type Launch = (options?: LaunchOptions) => Promise<BenchBrowser>;

export const launchChromium: Launch = async ({ softwareWebGpu = false, throttle = 1 } = {}) => {
  const browser = await startChromium([
    ...(softwareWebGpu ? softwareWebGpuArguments : []),
    // Reports memory at once, not when the browser next finds the time.
    '--enable-blink-features=ForceEagerMeasureMemory',
  ]);
  return {
    name: `Chromium ${browser.version()}`,
    open: async (url) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(timeout);
      const protocol = await context.newCDPSession(page);
      if (throttle > 1) await protocol.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      await page.goto(url);
      const trace = async (action: () => Promise<unknown>): Promise<TraceEvent[]> => {
        await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
        await action();
        const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
        return traceEvents;
      };
      return Object.assign(page as Evaluator & typeof page, {
        protocol,
        trace,
        [Symbol.asyncDispose]: () => context.close(),
      });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
};

/** @throws {Error} where no Firefox is installed */
export const launchFirefox: Launch = async ({ softwareWebGpu = false } = {}) => {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: timeout,
    extraPrefsFirefox: { ...firefoxPreferences, ...(softwareWebGpu ? firefoxSoftwareWebGpuPreferences : {}) },
  });
  return {
    name: (await browser.version()).replace('/', ' '),
    open: async (url) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(url);
      return Object.assign(page as Evaluator & typeof page, { [Symbol.asyncDispose]: () => context.close() });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
};

/**
 * The longest task of a page's main thread, by a trace of Chromium.
 * @returns milliseconds of wall-clock and of CPU time; on a busy machine the former is longer
 * @throws {Error} when the trace has none
 */
export function longestTask(events: readonly TraceEvent[]): { wall: number; processor: number } {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(thread),
  );
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name === 'ThreadControllerImpl::RunTask' && main.has(thread(event)),
  );
  if (tasks.length === 0) throw new Error('The trace shows no task of a page.');
  return {
    wall: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    processor: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}
