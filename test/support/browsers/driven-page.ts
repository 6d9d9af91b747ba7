/** What the tests ask of a page, whichever browser it is in. */
export interface PointerStep {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  /** In CSS pixels of the viewport, as `y`. */
  readonly x: number;
  readonly y: number;
  /** Tells fingers apart. */
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

/** Each action is what a user does: its events are trusted. */
export interface DrivenPage {
  readonly pointer: (payload: PointerPayload) => Promise<void>;
  /** @param keys as `a`, `Tab` or `Control+Shift+z` */
  readonly press: (keys: string) => Promise<void>;
  /** Lifts all that a test has left down. */
  readonly release: () => Promise<void>;
  readonly setViewport: (size: Size) => Promise<void>;
  readonly emulateMedia: (payload: MediaPayload) => Promise<void>;
  readonly collectGarbage: () => Promise<void>;
}

export interface OpenPage extends DrivenPage {
  readonly goto: (url: string) => Promise<void>;
  readonly url: () => Promise<string>;
  /** As the browser's own button does. */
  readonly reload: () => Promise<void>;
  /** As the browser's own button does; the page may come a moment later. */
  readonly back: () => Promise<void>;
  /** Evaluates an expression, waits for a promise, and returns what JSON can hold. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface DrivenBrowser {
  /** As `Firefox 140.0`. */
  readonly version: string;
  readonly open: () => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** What a browser cannot be made to do. Its message goes on from "skipped: ". */
export class Unsupported extends Error {}

const mediaFeatures: Readonly<Record<keyof MediaPayload, string>> = {
  media: '',
  reducedMotion: 'prefers-reduced-motion',
  forcedColors: 'forced-colors',
};

/** For browsers that cannot emulate media: accepts what the browser has anyway. */
export async function requireMedia(evaluate: OpenPage['evaluate'], media: MediaPayload): Promise<void> {
  for (const [name, value] of Object.entries(media) as [keyof MediaPayload, string][]) {
    const feature = mediaFeatures[name];
    const query = feature ? `(${feature}: ${value})` : value;
    if (!(await evaluate(`matchMedia(${JSON.stringify(query)}).matches`))) {
      throw new Unsupported(`${query} cannot be emulated`);
    }
  }
}
