/** Uses the form of a project's page as a user would, and checks that page, element and form agree. */
import type { Page } from 'playwright-core';
import { drawnDigits } from '../../test/support/drawings.js';
import { drawWithMouse } from '../shared/draw-with-mouse.js';

interface Field {
  /** The page's own state, as it shows it. */
  readonly answer: string;
  readonly value: string;
  /** What the form would submit; null where it would not submit the field. */
  readonly sent: string | null;
  /** How many are on the pad. */
  readonly strokes: number;
}

type Recognizer = HTMLElement & { value: string; strokes: readonly unknown[]; recognitionComplete: Promise<unknown> };

const readField = (page: Page): Promise<Field> =>
  page.locator('digit-recognizer').evaluate(async (element: Recognizer) => {
    await element.recognitionComplete;
    const form = element.closest('form');
    if (!form) throw new Error('The recognizer is in no form.');
    return {
      answer: document.querySelector('#answer')?.textContent.trim() ?? '',
      value: element.value,
      sent: new FormData(form).get('digit') as string | null,
      strokes: element.strokes.length,
    };
  });

/**
 * Uses the page's buttons, each of which changes the page's own state: `#set` sets the value to 4, `#empty` to '',
 * `#busy` disables the field or enables it again, `#reset` resets the form.
 *
 * @returns disagreements
 */
export async function tryForm(page: Page): Promise<string[]> {
  const surface = page.locator('digit-recognizer digit-pad .surface');
  const press = (id: string) => page.locator(`#${id}`).click();
  const write = (digit: number) => drawWithMouse(page, surface, drawnDigits[digit]);
  const clear = () => page.getByRole('button', { name: 'Clear' }).click();
  const steps: [act: () => Promise<void>, step: string, value: string, strokes: number, sent?: null][] = [
    [() => surface.waitFor(), 'at the beginning', '', 0],
    [() => press('set'), 'a value that is set shows', '4', 0],
    [() => write(7), 'drawing replaces what was set', '7', 1],
    [() => press('set'), 'a value that is set goes before the ink', '4', 1],
    [() => press('empty'), 'the empty value clears', '', 0],
    [() => write(7), 'it can be drawn on again', '7', 1],
    [() => press('busy'), 'a disabled field is not sent', '7', 1, null],
    [() => write(1), 'a disabled field cannot be drawn on', '7', 1, null],
    [() => press('busy'), 'an enabled field is sent', '7', 1],
    [() => clear(), 'Clear empties', '', 0],
    [() => write(1), 'an enabled field can be drawn on', '1', 1],
    [() => press('reset'), 'a reset empties', '', 0],
    [() => write(3), 'it can be drawn on after a reset', '3', 1],
    [() => clear(), 'Clear empties again', '', 0],
  ];
  const problems: string[] = [];
  for (const [act, step, value, strokes, sent = value] of steps) {
    await act();
    const expected = JSON.stringify({ answer: value, value, sent, strokes });
    const deadline = Date.now() + 5000;
    let found = '';
    // Frameworks render a moment later.
    do found = JSON.stringify(await readField(page));
    while (found !== expected && Date.now() < deadline);
    if (found !== expected) problems.push(`form, ${step}: ${found} instead of ${expected}`);
  }
  return problems;
}
