import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Plane } from '../../imaging/index.js';
import type { LocaleController } from '../shared/locale-controller.js';
import { formatValue, formatWhole } from '../shared/number-formats.js';
import type { TemplateTools } from './template-tools.js';

interface Cell {
  readonly row: number;
  readonly column: number;
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** A pixel cursor on a picture, moved by pointer or keyboard. Shows the value of its pixel. */
export class PixelInspector {
  readonly #host: ReactiveControllerHost;
  readonly #locale: LocaleController;
  readonly #tools: TemplateTools;
  #cell: Cell | null = null;
  /** Whether the cursor was moved by keyboard, so that its pixel is announced. */
  #announced = false;

  constructor(host: ReactiveControllerHost, locale: LocaleController, tools: TemplateTools) {
    this.#host = host;
    this.#locale = locale;
    this.#tools = tools;
  }

  /**
   * Renders the picture with its cursor.
   * @param picture shows the plane
   */
  render(plane: Plane, picture: TemplateResult): TemplateResult {
    const cell = this.#cell && {
      row: clamp(this.#cell.row, plane.height - 1),
      column: clamp(this.#cell.column, plane.width - 1),
    };
    const description = cell ? this.#describe(cell, plane) : '';
    const { html, svg } = this.#tools;
    return html`<div
        part="pixels"
        class="pixels"
        role="application"
        tabindex="0"
        aria-label=${this.#locale.messages.previewInspect}
        @focus=${() => this.#move(this.#cell ?? { row: 0, column: 0 }, true)}
        @blur=${() => this.#move(null, false)}
        @pointermove=${(event: PointerEvent) => this.#handlePointer(event, plane)}
        @pointerdown=${(event: PointerEvent) => this.#handlePointer(event, plane)}
        @pointerleave=${() => this.#handlePointerLeave()}
        @keydown=${(event: KeyboardEvent) => this.#handleKeyDown(event, plane)}
      >
        ${picture}
        <svg class="cursor" viewBox="0 0 ${plane.width} ${plane.height}" aria-hidden="true">
          ${cell ? svg`<rect x=${cell.column} y=${cell.row} width="1" height="1" />` : ''}
        </svg>
      </div>
      <p part="pixel" class="pixel" aria-hidden="true">${description || '\u00a0'}</p>
      <div class="visually-hidden" role="status">${this.#announced ? description : ''}</div>`;
  }

  #describe({ row, column }: Cell, { data, width }: Plane): string {
    const { messages, language } = this.#locale;
    const value = formatValue(language, data[row * width + column]);
    return messages.previewPixel(formatWhole(language, row + 1), formatWhole(language, column + 1), value);
  }

  #move(cell: Cell | null, announced: boolean): void {
    this.#cell = cell;
    this.#announced = announced;
    this.#host.requestUpdate();
  }

  /** A pointer that only passes over does not hide the cursor of the keyboard. */
  #handlePointerLeave(): void {
    if (!this.#announced) this.#move(null, false);
  }

  #handlePointer(event: PointerEvent, { width, height }: Plane): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    this.#move({ row: clamp(row, height - 1), column: clamp(column, width - 1) }, false);
  }

  #handleKeyDown(event: KeyboardEvent, { width, height }: Plane): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = this.#cell ?? { row: 0, column: 0 };
    const targets: Readonly<Record<string, Cell>> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      Home: { row, column: 0 },
      End: { row, column: width - 1 },
      PageUp: { row: 0, column },
      PageDown: { row: height - 1, column },
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    const next = targets[event.key];
    this.#move({ row: clamp(next.row, height - 1), column: clamp(next.column, width - 1) }, true);
  }
}
