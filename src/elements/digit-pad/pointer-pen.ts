import type { ReactiveController, ReactiveElement } from 'lit';
import { touchedStrokes, type InkStore, type Place, type Point } from '../../drawing/index.js';
import type { PadSurface } from './pad-surface.js';
import { scrollNearest } from './scroll-nearest.js';

/** The bit of `buttons` that stands for the eraser of a pen (Pointer Events, section 4.1.3). */
const ERASER = 32;

/** Fingers that come so soon after a pen, in milliseconds, are the hand that holds it. */
const PALM_TIME = 500;

/** A second finger within this time, or before the first has gone further than this, means to scroll, not to draw. */
const GESTURE_TIME = 200;
const GESTURE_DISTANCE = 10;

/** The pointer that draws or erases. */
interface Active {
  /** What it draws on, also where the pad is given another recognizer's ink meanwhile. */
  readonly ink: InkStore;
  readonly id: number;
  readonly type: string;
  /** Where an eraser was last; null for a pen. */
  erasedTo: Place | null;
  readonly startTime: number;
  readonly start: Place;
  /** How far from its start it has been, in pixels of the screen. */
  travelled: number;
}

const seen = ({ clientX, clientY }: PointerEvent): Place => ({ x: clientX, y: clientY });
const isPlace = ({ x, y }: Place): boolean => Number.isFinite(x) && Number.isFinite(y);

/**
 * Draws and erases with mouse, pen and finger. Listens to the events of the pad's ink; to those of the page only while a
 * stroke is under way.
 *
 * One pointer draws at a time, on one of the pads that draw on the same ink. A pen goes before fingers: they are ignored
 * while it draws and shortly after, and the stroke of a finger that was there first is taken back, as that of a palm. Two
 * fingers scroll what is around the pad. However a stroke ends, its ink stays.
 */
export class PointerPen implements ReactiveController, EventListenerObject {
  /** Where the browser expects the pen next. Never part of the ink. */
  ahead: readonly Point[] = [];

  readonly #host: ReactiveElement;
  readonly #surface: PadSurface;
  #active: Active | null = null;
  /** Where the fingers are that are on the pad, whatever they do. */
  readonly #fingers = new Map<number, Place>();
  #scrolling = false;
  /** Of a pixel: what is still to be scrolled. */
  #scrollRest: Place = { x: 0, y: 0 };
  #penTime = -Infinity;

  constructor(host: ReactiveElement, surface: PadSurface) {
    this.#host = host;
    this.#surface = surface;
    host.addController(this);
  }

  /** Whether a stroke is under way. */
  get active(): boolean {
    return this.#active !== null;
  }

  hostDisconnected(): void {
    this.#fingers.clear();
    this.#scrolling = false;
    this.lift();
  }

  /** Ends the stroke under way. */
  lift(): void {
    const active = this.#release();
    active?.ink.endStroke(active);
  }

  /**
   * Whether a pointer that comes down may draw here. Where another pad of the same ink is drawn on it may not, but a pen
   * takes back what a finger draws there.
   */
  admits({ pointerType }: PointerEvent): boolean {
    const { writable, store: ink } = this.#surface;
    const other = ink.pen as Active | null;
    if (!writable || !other || other === this.#active) return writable;
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
        // A long press of a finger or pen is the beginning of a stroke; a mouse asks for the menu.
        if (this.#active?.type === 'mouse') this.lift();
        else if (this.#active || this.#fingers.size > 0) event.preventDefault();
        break;
      case 'touchmove':
        // Scribble takes the strokes of a pen for writing unless their touches are prevented.
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
    if (pointerType === 'touch') this.#fingers.set(event.pointerId, seen(event));
    if (pointerType === 'pen') this.#penTime = timeStamp;
    if (!this.admits(event)) return;
    const erasing = pointerType === 'pen' && (event.buttons & ERASER) !== 0;
    if (event.button !== 0 && !erasing) return;
    if (this.#active) this.#meet(event, this.#active);
    if (this.#active || this.#scrolling) return;
    if (pointerType === 'touch' && timeStamp - this.#penTime < PALM_TIME) return;
    this.#begin(event, erasing);
  }

  /** Another pointer comes down while one draws. */
  #meet({ pointerType, timeStamp }: PointerEvent, { type, startTime, travelled }: Active): void {
    if (type !== 'touch') return;
    const gesture = timeStamp - startTime < GESTURE_TIME || travelled < GESTURE_DISTANCE;
    this.#scrolling = pointerType === 'touch' && gesture;
    if (!this.#scrolling && pointerType !== 'pen') return;
    const active = this.#release();
    active?.ink.discardStroke(active);
  }

  #begin(event: PointerEvent, erasing: boolean): void {
    const { store: ink, frame, size } = this.#surface;
    const [point] = this.#locate([event]);
    if (!point || !size) return;
    this.#active = {
      ink,
      id: event.pointerId,
      type: event.pointerType,
      erasedTo: erasing ? point : null,
      startTime: event.timeStamp,
      start: seen(event),
      travelled: 0,
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
    const now = seen(event);
    this.#fingers.set(event.pointerId, now);
    if (this.#scrolling) this.#scroll(before, now);
  }

  /** Scrolls by the way of the middle between the fingers, of which each moves it by its share. */
  #scroll(from: Place, to: Place): void {
    const x = this.#scrollRest.x + (from.x - to.x) / this.#fingers.size;
    const y = this.#scrollRest.y + (from.y - to.y) / this.#fingers.size;
    // Not every scroller takes parts of a pixel.
    const [left, top] = [Math.trunc(x), Math.trunc(y)];
    this.#scrollRest = { x: x - left, y: y - top };
    scrollNearest(this.#host, left, top);
  }

  #draw(event: PointerEvent, active: Active): void {
    // It was lifted where no event is dispatched: over a dialog of the system, or in another window.
    if (event.buttons === 0) return this.lift();
    active.travelled = Math.max(
      active.travelled,
      Math.hypot(event.clientX - active.start.x, event.clientY - active.start.y),
    );
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const points = this.#locate(coalesced.length > 0 ? coalesced : [event]);
    if (active.erasedTo) {
      this.#erase(points);
    } else {
      this.ahead = this.#locate(event.getPredictedEvents?.() ?? []);
      active.ink.extendStroke(points, active);
    }
  }

  #erase(points: readonly Point[]): void {
    const { penWidth } = this.#surface;
    for (const point of points) {
      const active = this.#active;
      if (!active) return;
      const { ink } = active;
      const from = active.erasedTo ?? point;
      active.erasedTo = point;
      // Half for the ink, half for the eraser.
      ink.erase(touchedStrokes(ink.snapshot.strokes, from, point, penWidth), active);
    }
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#scrolling = false;
    if (event.pointerType === 'pen') this.#penTime = event.timeStamp;
    if (event.pointerId === this.#active?.id) this.lift();
  }

  /** Lets the pointer go, and returns it; null where there was none. */
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
        ...locate(seen(event)),
        // Others tell no pressure, or how flat a finger lies.
        ...(event.pointerType === 'pen' ? { pressure: event.pressure } : {}),
        time: event.timeStamp,
      }))
      .filter(isPlace);
  }
}

/** Lets the pointer draw on outside of the pad. */
function capture({ currentTarget, pointerId }: PointerEvent): void {
  try {
    (currentTarget as Element).setPointerCapture(pointerId);
  } catch {
    // A pointer that a script made up, or one that is gone already, cannot be captured. It draws all the same.
  }
}
