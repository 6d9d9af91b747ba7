import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPreview } from '../src/elements/digit-preview.js';
import { normalizeStrokes } from '../src/imaging/index.js';
import { four, seven, three } from './support/drawings.js';

type Args = Pick<DigitPreview, 'image'>;
type Story = StoryObj<Args>;

const meta: Meta<Args> = {
  title: 'digit-preview',
  component: 'digit-preview',
  args: { image: null },
  argTypes: { image: { control: false } },
  render: ({ image }) => html`<digit-preview .image=${image}></digit-preview>`,
};
export default meta;

export const Empty: Story = {};

export const DrawnDigit: Story = { args: { image: normalizeStrokes(three).pixels } };

export const Dark: Story = { args: { image: normalizeStrokes(four).pixels }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { image: normalizeStrokes(seven).pixels }, globals: { direction: 'rtl' } };
