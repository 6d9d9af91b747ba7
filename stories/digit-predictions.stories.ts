import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPredictions } from '../src/elements/digit-predictions.js';

type Args = Pick<DigitPredictions, 'top' | 'unsure' | 'predictions'>;
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

/** Two digits are nearly as probable as each other. */
export const Ambiguous: Story = { args: { predictions: predictions(torn) } };

/** What was drawn does not look like a digit; these are the nearest guesses. */
export const NotSure: Story = { args: { unsure: true, predictions: predictions(torn) } };

export const AllTen: Story = { args: { top: 10, predictions: predictions(torn) } };

export const Dark: Story = { globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { predictions: predictions(torn) }, globals: { direction: 'rtl' } };
