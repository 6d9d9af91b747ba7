import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import type { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js';
import { arrow, four, seven, three } from './support/drawings.js';
import { draw, drawAndRead, padIn, press, surfaceOf } from './support/play.js';

/** What users do with the elements, step by step. Each can be played here, and runs as a test. */
const meta: Meta = {
  title: 'Interactions',
  tags: ['!autodocs'],
  render: () => html`<digit-recognizer label="Draw a digit"></digit-recognizer>`,
};
export default meta;

type Story = StoryObj;

const recognizerIn = (root: ParentNode): DigitRecognizer => root.querySelector('digit-recognizer')!;

/** Queries by role and name inside an element's shadow tree. */
const inside = (element: Element) => within(element.shadowRoot as unknown as HTMLElement);

/** The value follows the pen: `input` during a stroke, `change` once it is lifted. */
export const DrawADigit: Story = {
  play: async ({ canvasElement, step }) => {
    const recognizer = recognizerIn(canvasElement);
    const changed = fn<(value: string) => void>();
    recognizer.addEventListener('change', () => changed(recognizer.value));
    await step('Draw a 7', async () => {
      await drawAndRead(canvasElement, seven);
      await expect(recognizer.value).toBe('7');
      await waitFor(() => expect(changed).toHaveBeenLastCalledWith('7'));
    });
    await step('A non-digit has no value, and the nearest guesses are called so', async () => {
      recognizer.clear();
      await drawAndRead(canvasElement, arrow);
      await expect(recognizer.value).toBe('');
      await expect(recognizer.recognition?.reason).toBe('not-a-digit');
      const predictions = inside(recognizer.shadowRoot!.querySelector('digit-predictions')!);
      await expect(predictions.findByText('Not sure this is a digit')).resolves.toBeVisible();
    });
  },
};

/** Every change can be undone, including clearing. */
export const UndoAndRedo: Story = {
  play: async ({ canvasElement, step }) => {
    const recognizer = recognizerIn(canvasElement);
    const pad = await padIn(canvasElement);
    const tools = inside(pad);
    const click = (name: string): Promise<void> => userEvent.click(tools.getByRole('button', { name }));
    await step('Draw a 4 in two strokes', async () => {
      await drawAndRead(canvasElement, four);
      await expect(recognizer.strokes).toHaveLength(2);
    });
    await step('Undo takes a stroke', async () => {
      await click('Undo');
      await expect(recognizer.strokes).toHaveLength(1);
    });
    await step('Redo gives it back, and the answer with it', async () => {
      await click('Redo');
      await recognizer.recognitionComplete;
      await expect(recognizer.value).toBe('4');
    });
    await step('Clear can be undone', async () => {
      await click('Clear');
      await expect(recognizer.strokes).toHaveLength(0);
      press(surfaceOf(pad), 'Control+z');
      await expect(recognizer.strokes).toHaveLength(2);
    });
  },
};

/** The arrow keys move the cursor, Space puts the pen down and lifts it. */
export const DrawByKeyboard: Story = {
  play: async ({ canvasElement, step }) => {
    const recognizer = recognizerIn(canvasElement);
    const pad = await padIn(canvasElement);
    const surface = surfaceOf(pad);
    const times = (count: number, key: string): string[] => Array.from({ length: count }, () => key);
    await step('The keyboard goes to the pad', async () => {
      recognizer.focus();
      await expect(pad.shadowRoot!.activeElement).toBe(surface);
    });
    await step('A line from top to bottom is a 1', async () => {
      press(surface, ...times(5, 'ArrowUp'), ' ', ...times(10, 'ArrowDown'), ' ');
      await recognizer.recognitionComplete;
      await expect(recognizer.strokes).toHaveLength(1);
      await expect(recognizer.value).toBe('1');
    });
    await step('What happens is announced', async () => {
      await expect(inside(pad).getByRole('status')).toHaveTextContent('Pen up. Stroke 1 finished');
    });
    await step('Escape clears', async () => {
      press(surface, 'Escape');
      await expect(recognizer.strokes).toHaveLength(0);
    });
  },
};

/** Users who cannot draw type the digit on the pad. It is marked as typed, and can be deleted. */
export const TypeTheDigit: Story = {
  play: async ({ canvasElement, step }) => {
    const recognizer = recognizerIn(canvasElement);
    const surface = surfaceOf(await padIn(canvasElement));
    await step('Type', async () => {
      press(surface, '5');
      await expect(recognizer.value).toBe('5');
      await expect(recognizer.correction).toEqual({ digit: 5, by: 'typed' });
    });
    await step('Escape takes it back', async () => {
      press(surface, 'Escape');
      await expect(recognizer.value).toBe('');
    });
  },
};

/** If the recognizer is `correctable`, the user's correction counts. */
export const CorrectTheAnswer: Story = {
  render: () => html`<digit-recognizer correctable label="Draw a digit"></digit-recognizer>`,
  play: async ({ canvasElement, step }) => {
    const recognizer = await drawAndRead(canvasElement, seven);
    const corrected = fn<(digit: number | null, predicted: number | null) => void>();
    recognizer.addEventListener('digit-correction', ({ digit, predicted }) => corrected(digit, predicted));
    const predictions = recognizer.shadowRoot!.querySelector('digit-predictions')!;
    await step('Pick another digit', async () => {
      await userEvent.click(inside(predictions).getByRole('option', { name: /^1/ }));
      await expect(recognizer.value).toBe('1');
      await expect(corrected).toHaveBeenLastCalledWith(1, 7);
    });
    await step('The list says so', async () => {
      await waitFor(() => expect(inside(predictions).getByRole('option', { selected: true })).toHaveTextContent('1'));
    });
  },
};

/** With `learn`, a drawing corrected once is read that way from then on: your 1, your 7, your slashed zero. */
export const TeachItYourHand: Story = {
  render: () => html`<digit-recognizer correctable learn label="Draw a digit"></digit-recognizer>`,
  play: async ({ canvasElement, step }) => {
    const recognizer = await drawAndRead(canvasElement, seven);
    await waitFor(() => expect(recognizer.recognition?.features).toBeTruthy());
    const predictions = recognizer.shadowRoot!.querySelector('digit-predictions')!;
    await step('Correct it', async () => {
      await userEvent.click(inside(predictions).getByRole('option', { name: /^1/ }));
      recognizer.clear();
    });
    await step('Draw it again', async () => {
      await drawAndRead(canvasElement, seven);
      await waitFor(() => expect(recognizer.value).toBe('1'));
      await waitFor(() => expect(inside(predictions).getByText('Learned from your corrections')).toBeVisible());
    });
    recognizer.profile?.forget();
  },
};

/** A label names it, like any control. */
export const Labeled: Story = {
  render: () => html`<label>Your lucky digit <digit-recognizer></digit-recognizer></label>`,
  play: async ({ canvasElement }) => {
    await expect(surfaceOf(await padIn(canvasElement))).toHaveAccessibleName('Your lucky digit');
  },
};

/** Disabled, or in a disabled fieldset, it cannot be drawn on. */
export const DrawWhereItIsDisabled: Story = {
  render: () =>
    html`<fieldset disabled>
      <legend>Closed today</legend>
      <digit-recognizer label="Draw a digit"></digit-recognizer>
    </fieldset>`,
  play: async ({ canvasElement }) => {
    const recognizer = recognizerIn(canvasElement);
    await draw(await padIn(canvasElement), three);
    await expect(recognizer.strokes).toHaveLength(0);
  },
};

/** If the network cannot be loaded, the ink is kept, and a retry works. */
export const TryAgainAfterAnError: Story = {
  render: () => html`<digit-recognizer model="./missing.onnx" label="Draw a digit"></digit-recognizer>`,
  play: async ({ canvasElement, step }) => {
    const recognizer = recognizerIn(canvasElement);
    await step('It says what failed', async () => {
      await draw(await padIn(canvasElement), seven);
      await expect(inside(recognizer).findByRole('alert')).resolves.toHaveTextContent('Your drawing is still there.');
    });
    await step('With a network that is there, the ink is read', async () => {
      recognizer.model = 'compact';
      await recognizer.updateComplete;
      await expect(recognizer.recognitionComplete).resolves.toMatchObject({ digit: 7 });
      await expect(recognizer.value).toBe('7');
    });
  },
};
