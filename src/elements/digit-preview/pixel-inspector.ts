import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Plane } from '../../imaging/index.js';
import type { MessagesController } from '../shared/messages-controller.js';
import { formatValue, formatWhole } from '../shared/number-formats.js';
import type { TemplateTools } from './template-tools.js';

interface Cell {
  readonly row: number;
  readonly column: number;
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** A cursor on a picture that shows the value of the pixel under it: moved by pointer or by keyboard. */
export class PixelInspector {
  readonly #host: ReactiveControllerHost;
  readonly #messages: MessagesController;
  readonly #tools: TemplateTools;
  #cell: Cell | null = null;
  /** Whether the cursor was moved by keyboard, so that where it is must be said. */
  #spoken = false;

  constructor(host: ReactiveControllerHost, messages: MessagesController, tools: TemplateTools) {
    this.#host = host;
    this.#messages = messages;
    this.#tools = tools;
  }

  /** The picture with its cursor. @param picture shows the plane */
  render(plane: Plane, picture: TemplateResult): TemplateResult {
    const cell = this.#cell && {
      row: clamp(this.#cell.row, plane.height - 1),
      column: clamp(this.#cell.column, plane.width - 1),
    };
    const words = cell ? this.#describe(cell, plane) : '';
    const { html, svg } = this.#tools;
    return html`<div
        part="pixels"
        class="pixels"
        role="application"
        tabindex="0"
        aria-label=${this.#messages.table.previewInspect}
        @focus=${() => this.#move(this.#cell ?? { row: 0, column: 0 }, true)}
        @blur=${() => this.#move(null, false)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event, plane)}
        @pointerdown=${(event: PointerEvent) => this.#onPointer(event, plane)}
        @pointerleave=${() => this.#leave()}
        @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, plane)}
      >
        ${picture}
        <svg class="cursor" viewBox="0 0 ${plane.width} ${plane.height}" aria-hidden="true">
          ${cell ? svg`<rect x=${cell.column} y=${cell.row} width="1" height="1" />` : ''}
        </svg>
      </div>
      <p part="pixel" class="pixel" aria-hidden="true">${words || '\u00a0'}</p>
      <div class="visually-hidden" role="status">${this.#spoken ? words : ''}</div>`;
  }

  #describe({ row, column }: Cell, { data, width }: Plane): string {
    const { table, language } = this.#messages;
    const value = formatValue(language, data[row * width + column]);
    return table.previewPixel(formatWhole(language, row + 1), formatWhole(language, column + 1), value);
  }

  #move(cell: Cell | null, spoken: boolean): void {
    this.#cell = cell;
    this.#spoken = spoken;
    this.#host.requestUpdate();
  }

  /** A pointer that only passes by does not take the cursor away from the keyboard. */
  #leave(): void {
    if (!this.#spoken) this.#move(null, false);
  }

  #onPointer(event: PointerEvent, { width, height }: Plane): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    this.#move({ row: clamp(row, height - 1), column: clamp(column, width - 1) }, false);
  }

  #onKeyDown(event: KeyboardEvent, { width, height }: Plane): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = this.#cell ?? { row: 0, column: 0 };
    const places: Readonly<Record<string, Cell>> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      Home: { row, column: 0 },
      End: { row, column: width - 1 },
      PageUp: { row: 0, column },
      PageDown: { row: height - 1, column },
    };
    if (!(event.key in places)) return;
    event.preventDefault();
    const next = places[event.key];
    this.#move({ row: clamp(next.row, height - 1), column: clamp(next.column, width - 1) }, true);
  }
}
