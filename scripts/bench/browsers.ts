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
import type { Evaluator } from '../call-page.js';

/** Nothing takes longer than this, in milliseconds: a million predictions on a slow machine. */
const longest = 3_600_000;

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

/** A page in a context of its own. */
export interface BenchPage extends Evaluator {
  readonly mouse: { move(x: number, y: number): Promise<void>; down(): Promise<void>; up(): Promise<void> };
  /** Of Chromium. */
  readonly protocol: CDPSession | null;
  /** What Chromium does meanwhile. */
  readonly trace: ((action: () => Promise<unknown>) => Promise<TraceEvent[]>) | null;
  readonly goto: (url: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface BenchBrowser {
  /** With its version. */
  readonly name: string;
  readonly open: (url: string) => Promise<BenchPage>;
  readonly close: () => Promise<void>;
}

export interface LaunchOptions {
  readonly softwareWebGpu?: boolean;
  /** How many times as slow the processor is; 1 unless told. Chromium's. */
  readonly throttle?: number;
}

export type Launch = (options?: LaunchOptions) => Promise<BenchBrowser>;

export const launchChromium: Launch = async ({ softwareWebGpu = false, throttle = 1 } = {}) => {
  const browser = await startChromium([
    ...(softwareWebGpu ? softwareWebGpuArguments : []),
    // Memory is reported at once, not when the browser next finds the time.
    '--enable-blink-features=ForceEagerMeasureMemory',
  ]);
  return {
    name: `Chromium ${browser.version()}`,
    open: async (url) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(longest);
      const protocol = await context.newCDPSession(page);
      if (throttle > 1) await protocol.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      await page.goto(url);
      return {
        evaluate: (task, argument) => page.evaluate(task as (argument: unknown) => unknown, argument),
        mouse: page.mouse,
        protocol,
        trace: async (action) => {
          await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
          await action();
          const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
          return trace.traceEvents;
        },
        goto: (next) => page.goto(next),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
};

/** @throws {Error} when there is none */
export const launchFirefox: Launch = async ({ softwareWebGpu = false } = {}) => {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: longest,
    extraPrefsFirefox: { ...firefoxPreferences, ...(softwareWebGpu ? firefoxSoftwareWebGpuPreferences : {}) },
  });
  return {
    name: (await browser.version()).replace('/', ' '),
    open: async (url) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(url);
      return {
        evaluate: (task, argument) => page.evaluate(task as (argument: unknown) => unknown, argument),
        mouse: page.mouse,
        protocol: null,
        trace: null,
        goto: (next) => page.goto(next),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
};

/**
 * The longest task that a page's main thread ran, by a trace of Chromium.
 * @returns milliseconds: the longest by the clock, and the longest by the processor's time, which shows whether the machine is busy
 *   from a busy page
 * @throws {Error} when there is none
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
