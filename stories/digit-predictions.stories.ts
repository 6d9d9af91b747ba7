import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPredictions } from '../src/elements/digit-predictions/digit-predictions.js';
import { arrow, seven } from './support/drawings.js';

type Args = Pick<DigitPredictions, 'top' | 'unsure' | 'predictions' | 'htmlFor'>;
type Story = StoryObj<Args>;

/** Best first, adding up to 1. */
const sure = [0.981, 0.012, 0.004, 0.002, 0.001, 0, 0, 0, 0, 0];
const torn = [0.46, 0.41, 0.08, 0.03, 0.01, 0.005, 0.003, 0.001, 0.001, 0];
const digits = [7, 1, 9, 2, 4, 3, 0, 8, 5, 6];

const predictions = (probabilities: readonly number[]) =>
  digits.map((digit, rank) => ({ digit, probability: probabilities[rank] }));

const meta: Meta<Args> = {
  title: 'digit-predictions',
  component: 'digit-predictions',
  args: { top: 3, unsure: false, predictions: predictions(sure) },
  argTypes: {
    top: { control: { type: 'range', min: 1, max: 10, step: 1 } },
    unsure: { control: 'boolean' },
    predictions: { control: 'object' },
  },
  render: ({ top, unsure, predictions: shown }) =>
    html`<digit-predictions class="narrow" top=${top} ?unsure=${unsure} .predictions=${shown}></digit-predictions>`,
};
export default meta;

export const Empty: Story = { args: { predictions: null } };

export const DrawnDigit: Story = {};

/** Two digits are almost equally probable. */
export const Ambiguous: Story = { args: { predictions: predictions(torn) } };

/** The drawing does not look like a digit; these are the best guesses. */
export const NotSure: Story = { args: { unsure: true, predictions: predictions(torn) } };

/** With a single row, the second-best digit is named below it. */
export const BestOnly: Story = { args: { top: 1, predictions: predictions(torn) } };

/** The percentages of all ten add up to exactly 100.0. */
export const AllTen: Story = { args: { top: 10, predictions: predictions(torn) } };

/** Anywhere on the page, it shows the answer of the recognizer with the id in `for`. */
export const Elsewhere: Story = {
  render: () =>
    html`<digit-predictions class="narrow" for="elsewhere"></digit-predictions>
      <hr />
      <digit-recognizer id="elsewhere" label="Draw a digit" .strokes=${seven}>
        <digit-pad></digit-pad>
      </digit-recognizer>`,
};

/** The user can pick another digit: the form value follows, and the page gets the event `digit-correction`. */
export const Correctable: Story = {
  render: () =>
    html`<digit-recognizer correctable name="digit" label="Draw a digit" .strokes=${seven}></digit-recognizer>`,
};

/** The user corrects a rejected drawing. */
export const CorrectableNotSure: Story = {
  render: () =>
    html`<digit-recognizer correctable name="digit" label="Draw a digit" .strokes=${arrow}></digit-recognizer>`,
};

/** Without ink, all ten can be picked: for users who cannot draw. */
export const CorrectableEmpty: Story = {
  render: () => html`<digit-recognizer correctable name="digit" label="Draw a digit"></digit-recognizer>`,
};

/** A picked digit: the list keeps the predictions, and says which digit counts. */
export const Corrected: Story = {
  ...Correctable,
  play: async ({ canvasElement }) => {
    const recognizer = canvasElement.querySelector('digit-recognizer')!;
    await recognizer.recognitionComplete;
    const shown = recognizer.shadowRoot!.querySelector('digit-predictions')!;
    await shown.updateComplete;
    shown.shadowRoot!.querySelector<HTMLElement>('[data-digit="1"]')!.click();
  },
};

/** A width of 120 px is enough. */
export const Narrow: Story = {
  args: { predictions: predictions(torn) },
  render: ({ predictions: shown }) =>
    html`<digit-predictions class="narrowest" .predictions=${shown}></digit-predictions>`,
};

export const Dark: Story = { globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { predictions: predictions(torn) }, globals: { direction: 'rtl' } };
