/** Input as WebDriver actions, which Firefox and WebKit accept: https://www.w3.org/TR/webdriver2/#actions. */
import { Unsupported, type PointerPayload } from './driven-page.js';

interface Action {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface Source {
  readonly type: 'pointer' | 'key';
  readonly id: string;
  readonly parameters?: { readonly pointerType: string };
  readonly actions: Action[];
}

const buttons = { left: 0, middle: 1, right: 2 };

/** https://www.w3.org/TR/webdriver2/#keyboard-actions. */
const keyCodes: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

/** Converts pointer steps to actions; one per page, since it tracks each pointer's position. */
export class PointerActions {
  readonly #integers: boolean;
  readonly #types: readonly PointerPayload['pointerType'][];
  readonly #positions = new Map<string, { x: number; y: number }>();

  /** @param options whether the browser accepts only integer coordinates, and which pointers it supports */
  constructor({
    integers = false,
    types,
  }: {
    readonly integers?: boolean;
    readonly types: readonly PointerPayload['pointerType'][];
  }) {
    this.#integers = integers;
    this.#types = types;
  }

  /** Actions of a single pointer at a time. */
  sources({ pointerType, steps }: PointerPayload): Source[] {
    if (!this.#types.includes(pointerType)) throw new Unsupported(`WebDriver has no ${pointerType} here`);
    const sources = new Map<string, Source>();
    let ticks = 0;
    const act = (id: string, action: Action): void => {
      let source = sources.get(id);
      if (!source) sources.set(id, (source = { type: 'pointer', id, parameters: { pointerType }, actions: [] }));
      while (source.actions.length < ticks) source.actions.push({ type: 'pause' });
      source.actions.push(action);
      ticks += 1;
    };
    for (const { type, x, y, id: finger = 0, force = 0.5, button = 'left' } of steps) {
      if (type === 'cancel') throw new Unsupported('WebDriver cannot cancel a pointer');
      const id = `${pointerType}-${finger}`;
      const position = this.#integers ? { x: Math.round(x), y: Math.round(y) } : { x, y };
      const pressure = pointerType === 'pen' ? { pressure: force } : {};
      const before = this.#positions.get(id);
      const elsewhere = before?.x !== position.x || before.y !== position.y;
      // A finger is lifted at its last position.
      if (type === 'move' || (elsewhere && !(type === 'up' && pointerType === 'touch'))) {
        act(id, { type: 'pointerMove', ...position, duration: 0, ...(type === 'move' ? pressure : {}) });
        this.#positions.set(id, position);
      }
      if (type === 'down') act(id, { type: 'pointerDown', button: buttons[button], ...pressure });
      if (type === 'up') act(id, { type: 'pointerUp', button: buttons[button] });
    }
    return [...sources.values()];
  }
}

/** @param keys such as `Control+Shift+z` */
export function keySources(keys: string): Source[] {
  const values = keys.split('+').map((key) => keyCodes[key] ?? key);
  return [
    {
      type: 'key',
      id: 'keyboard',
      actions: [
        ...values.map((value) => ({ type: 'keyDown', value })),
        ...values.reverse().map((value) => ({ type: 'keyUp', value })),
      ],
    },
  ];
}
