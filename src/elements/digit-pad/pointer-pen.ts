import type { ReactiveController, ReactiveElement } from 'lit';
import { touchedStrokes, type InkStore, type Position, type Point } from '../../drawing/index.js';
import type { KeyboardPen } from './keyboard-pen.js';
import type { PadSurface } from './pad-surface.js';
import { scrollNearest } from './scroll-nearest.js';

/** The bit of `buttons` for a pen's eraser (Pointer Events, section 4.1.3). */
const ERASER = 32;

/** Touches this soon after a pen event, in milliseconds, are the palm. */
const PALM_TIME = 500;

/**
 * A second finger within this time, in milliseconds, or before the first has moved this far, in CSS pixels, scrolls
 * instead of drawing.
 */
const GESTURE_TIME = 200;
const GESTURE_DISTANCE = 10;

/** The pointer that draws or erases. */
interface Active {
  /** The ink it draws on, even if the pad switches to another recognizer meanwhile. */
  readonly ink: InkStore;
  readonly id: number;
  readonly type: string;
  /** Last position of an eraser, and its width; null for a pen. */
  readonly eraser: { at: Position; readonly width: number } | null;
  readonly startTime: number;
  readonly start: Position;
  /** Greatest distance from its start, in CSS pixels of the viewport. */
  traveled: number;
}

const clientPosition = ({ clientX, clientY }: PointerEvent): Position => ({ x: clientX, y: clientY });
const isFinitePosition = ({ x, y }: Position): boolean => Number.isFinite(x) && Number.isFinite(y);

/**
 * Draws and erases with mouse, pen and touch. Listens to events on the pad's ink, and on the page only during a stroke.
 *
 * One pointer draws at a time, across all pads of the same ink. A pen takes precedence: touches are ignored while it
 * draws and shortly after, and the stroke of a finger that was there first is discarded as a palm's. Two fingers scroll
 * the page around the pad. However a stroke ends, its ink is kept.
 */
export class PointerPen implements ReactiveController, EventListenerObject {
  /** Points predicted by the browser. Never part of the ink. */
  ahead: readonly Point[] = [];

  readonly #host: ReactiveElement;
  readonly #surface: PadSurface;
  #active: Active | null = null;
  /** Positions of all fingers on the pad. */
  readonly #fingers = new Map<number, Position>();
  #scrolling = false;
  /** Fractions of a pixel still to be scrolled. */
  #scrollRemainder: Position = { x: 0, y: 0 };
  #penTime = -Infinity;

  constructor(host: ReactiveElement, surface: PadSurface) {
    this.#host = host;
    this.#surface = surface;
    host.addController(this);
  }

  /** Whether a stroke is in progress. */
  get active(): boolean {
    return this.#active !== null;
  }

  hostDisconnected(): void {
    this.#fingers.clear();
    this.#scrolling = false;
    this.lift();
  }

  /** Ends the current stroke. */
  lift(): void {
    const active = this.#release();
    active?.ink.endStroke(active);
  }

  /**
   * Admits a pointer that goes down, and returns whether it may draw here. It may not while a pointer draws on another pad
   * of the same ink, unless it is a pen: that discards what a finger draws there.
   */
  admit({ pointerType }: PointerEvent): boolean {
    const { writable, store: ink } = this.#surface;
    const other = ink.pen as Active | KeyboardPen | null;
    if (!writable || !other || other === this.#active || other.type === 'keyboard') return writable;
    if (pointerType !== 'pen' || other.type !== 'touch') return false;
    ink.discardStroke(other);
    return true;
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case 'pointerdown':
        this.#down(event as PointerEvent);
        break;
      case 'pointermove':
        this.#move(event as PointerEvent);
        break;
      case 'pointerup':
      case 'pointercancel':
      case 'lostpointercapture':
        this.#up(event as PointerEvent);
        break;
      case 'contextmenu':
        // A long press of a finger or pen starts a stroke; a mouse opens the menu.
        if (this.#active?.type === 'mouse') this.#openMenu(this.#active);
        else if (this.#active || this.#fingers.size > 0) event.preventDefault();
        break;
      case 'touchmove':
        // Scribble turns pen strokes into text unless their touches are prevented.
        if (this.#surface.writable && event.cancelable) event.preventDefault();
        break;
      case 'visibilitychange':
        if (document.visibilityState === 'hidden') this.lift();
        break;
      default:
        this.lift();
    }
  }

  #down(event: PointerEvent): void {
    const { pointerType, timeStamp } = event;
    if (pointerType === 'touch') this.#fingers.set(event.pointerId, clientPosition(event));
    if (pointerType === 'pen') this.#penTime = timeStamp;
    if (!this.admit(event)) return;
    const erasing = pointerType === 'pen' && (event.buttons & ERASER) !== 0;
    if (event.button !== 0 && !erasing) return;
    if (pointerType === 'pen') this.#scrolling = false;
    if (this.#active) this.#handleSecondPointer(event, this.#active);
    if (this.#active || this.#scrolling) return;
    if (pointerType === 'touch' && timeStamp - this.#penTime < PALM_TIME) return;
    this.#begin(event, erasing);
  }

  /** Handles another pointer that goes down during a stroke. */
  #handleSecondPointer({ pointerType, timeStamp }: PointerEvent, { type, startTime, traveled }: Active): void {
    if (type !== 'touch') return;
    const gesture = timeStamp - startTime < GESTURE_TIME || traveled < GESTURE_DISTANCE;
    this.#scrolling = pointerType === 'touch' && gesture;
    if (this.#scrolling || pointerType === 'pen') this.#discard();
  }

  /**
   * Ends a stroke of the mouse, since the context menu opens. A dot is only the press that opened it, such as Ctrl+click
   * on macOS.
   */
  #openMenu({ traveled }: Active): void {
    if (traveled < GESTURE_DISTANCE) this.#discard();
    else this.lift();
  }

  /** Discards the current stroke. */
  #discard(): void {
    const active = this.#release();
    active?.ink.discardStroke(active);
  }

  #begin(event: PointerEvent, erasing: boolean): void {
    const { store: ink, frame, size } = this.#surface;
    this.#surface.reset();
    const [point] = this.#locate([event]);
    if (!point || !size) return;
    this.#active = {
      ink,
      id: event.pointerId,
      type: event.pointerType,
      // Half for the ink, half for the eraser.
      eraser: erasing ? { at: point, width: this.#surface.penWidth } : null,
      startTime: event.timeStamp,
      start: clientPosition(event),
      traveled: 0,
    };
    capture(event);
    this.#listen('addEventListener');
    if (erasing) {
      ink.beginErasing(this.#active);
      this.#erase([point]);
    } else {
      ink.beginStroke(point, frame, this.#active);
    }
  }

  #move(event: PointerEvent): void {
    if (event.pointerType === 'pen') this.#penTime = event.timeStamp;
    const active = this.#active;
    if (event.pointerId === active?.id) this.#draw(event, active);
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = clientPosition(event);
    this.#fingers.set(event.pointerId, now);
    if (this.#scrolling) this.#scroll(before, now);
  }

  /** Scrolls by the movement of the fingers' midpoint, to which each finger contributes its share. */
  #scroll(from: Position, to: Position): void {
    const x = this.#scrollRemainder.x + (from.x - to.x) / this.#fingers.size;
    const y = this.#scrollRemainder.y + (from.y - to.y) / this.#fingers.size;
    // Not every scroller supports fractions of a pixel.
    const [left, top] = [Math.trunc(x), Math.trunc(y)];
    this.#scrollRemainder = { x: x - left, y: y - top };
    scrollNearest(this.#host, left, top);
  }

  #draw(event: PointerEvent, active: Active): void {
    // The button was released where no event is dispatched, over a system dialog or another window, or while another
    // one is down. A pen's other buttons may replace its tip.
    if ((event.buttons & (active.type === 'mouse' ? 1 : ~0)) === 0) return this.lift();
    active.traveled = Math.max(
      active.traveled,
      Math.hypot(event.clientX - active.start.x, event.clientY - active.start.y),
    );
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const points = this.#locate(coalesced.length > 0 ? coalesced : [event]);
    if (active.eraser) {
      this.#erase(points);
    } else {
      this.ahead = this.#locate(event.getPredictedEvents?.() ?? []);
      active.ink.extendStroke(points, active);
    }
  }

  #erase(points: readonly Point[]): void {
    for (const point of points) {
      const active = this.#active;
      if (!active?.eraser) return;
      const { ink, eraser } = active;
      const from = eraser.at;
      eraser.at = point;
      ink.erase(touchedStrokes(ink.snapshot.strokes, from, point, eraser.width), active);
    }
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#scrolling = false;
    if (event.pointerType === 'pen') this.#penTime = event.timeStamp;
    if (event.pointerId === this.#active?.id) this.lift();
  }

  /** Releases the active pointer and returns it; null if there is none. */
  #release(): Active | null {
    const active = this.#active;
    if (!active) return null;
    this.#active = null;
    this.ahead = [];
    this.#listen('removeEventListener');
    return active;
  }

  #listen(change: 'addEventListener' | 'removeEventListener'): void {
    window[change]('blur', this);
    document[change]('visibilitychange', this);
  }

  #locate(events: readonly PointerEvent[]): Point[] {
    const locate = this.#surface.locator();
    return events
      .map((event) => ({
        ...locate(clientPosition(event)),
        // Other pointers report no pressure, or how flat a finger lies.
        ...(event.pointerType === 'pen' ? { pressure: event.pressure } : {}),
        time: event.timeStamp,
      }))
      .filter(isFinitePosition);
  }
}

/** Captures the pointer, so that it keeps drawing outside the pad. */
function capture({ currentTarget, pointerId }: PointerEvent): void {
  try {
    (currentTarget as Element).setPointerCapture(pointerId);
  } catch {
    // Synthetic pointers, and those already gone, cannot be captured. They draw all the same.
  }
}
