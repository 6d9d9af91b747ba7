/** The interface of a page for the tests, in any browser. */
export interface PointerStep {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  /** In CSS pixels of the viewport, like `y`. */
  readonly x: number;
  readonly y: number;
  /** Distinguishes fingers. */
  readonly id?: number;
  readonly force?: number;
  readonly button?: 'left' | 'right' | 'middle';
}

export interface PointerPayload {
  readonly pointerType: 'mouse' | 'pen' | 'touch';
  readonly steps: readonly PointerStep[];
}

export interface MediaPayload {
  readonly media?: 'print' | 'screen';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly forcedColors?: 'active' | 'none';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Each action is a user's: its events are trusted. */
export interface DrivenPage {
  readonly pointer: (payload: PointerPayload) => Promise<void>;
  /** @param keys such as `a`, `Tab` or `Control+Shift+z` */
  readonly press: (keys: string) => Promise<void>;
  /** Lifts everything that a test has left down. */
  readonly release: () => Promise<void>;
  readonly setViewport: (size: Size) => Promise<void>;
  readonly emulateMedia: (payload: MediaPayload) => Promise<void>;
  readonly collectGarbage: () => Promise<void>;
}

export interface OpenPage extends DrivenPage {
  readonly goto: (url: string) => Promise<void>;
  readonly url: () => Promise<string>;
  /** Like the browser's own button. */
  readonly reload: () => Promise<void>;
  /** Like the browser's own button; the page may appear a moment later. */
  readonly back: () => Promise<void>;
  /** Evaluates an expression, awaits a promise, and returns a JSON value. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface DrivenBrowser {
  /** Such as `Firefox 140.0`. */
  readonly version: string;
  readonly open: () => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** Thrown for actions that a browser does not support. Its message continues "skipped: ". */
export class Unsupported extends Error {}

const mediaFeatures: Readonly<Record<keyof MediaPayload, string>> = {
  media: '',
  reducedMotion: 'prefers-reduced-motion',
  forcedColors: 'forced-colors',
};

/** For browsers that cannot emulate media: accepts the browser's actual setting. */
export async function requireMedia(evaluate: OpenPage['evaluate'], media: MediaPayload): Promise<void> {
  for (const [name, value] of Object.entries(media) as [keyof MediaPayload, string][]) {
    const feature = mediaFeatures[name];
    const query = feature ? `(${feature}: ${value})` : value;
    if (!(await evaluate(`matchMedia(${JSON.stringify(query)}).matches`))) {
      throw new Unsupported(`${query} cannot be emulated`);
    }
  }
}
