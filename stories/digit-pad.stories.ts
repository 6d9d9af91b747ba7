import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPad } from '../src/elements/digit-pad.js';
import { four, seven, three } from './support/drawings.js';

type Args = Pick<DigitPad, 'disabled' | 'label' | 'strokes'>;
type Story = StoryObj<Args>;

const meta: Meta<Args> = {
  title: 'digit-pad',
  component: 'digit-pad',
  args: { disabled: false, label: 'Draw a digit', strokes: [] },
  argTypes: { strokes: { control: 'object' } },
  render: ({ disabled, label, strokes }) =>
    html`<digit-pad label=${label} ?disabled=${disabled} .strokes=${strokes}></digit-pad>`,
};
export default meta;

export const Empty: Story = {};

export const DrawnDigit: Story = { args: { strokes: seven } };

export const Disabled: Story = { args: { disabled: true, strokes: four } };

export const Dark: Story = { args: { strokes: three }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { strokes: seven }, globals: { direction: 'rtl' } };

/** Size, colours and roundness are custom properties. */
export const Themed: Story = {
  args: { strokes: three },
  render: ({ label, strokes }) => html`<digit-pad class="chalkboard" label=${label} .strokes=${strokes}></digit-pad>`,
};
