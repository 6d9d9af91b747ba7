import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPreview } from '../src/elements/digit-preview/digit-preview.js';
import { normalizeStrokes } from '../src/imaging/index.js';
import { four, seven, three } from './support/drawings.js';

type Args = Pick<DigitPreview, 'image' | 'view' | 'controls' | 'inspect' | 'htmlFor'>;
type Story = StoryObj<Args>;

const meta: Meta<Args> = {
  title: 'digit-preview',
  component: 'digit-preview',
  args: { image: null, view: 'input', controls: false, inspect: false },
  argTypes: {
    image: { control: false },
    view: { control: 'inline-radio', options: ['input', 'steps', 'saliency', 'layer'] },
  },
  render: ({ image, view, controls, inspect }) =>
    html`<digit-preview view=${view} ?controls=${controls} ?inspect=${inspect} .image=${image}></digit-preview>`,
};
export default meta;

export const Empty: Story = {};

export const DrawnDigit: Story = { args: { image: normalizeStrokes(three).pixels } };

/** Point at a pixel, or move to it with the arrow keys, to read its value. */
export const Inspect: Story = {
  args: { inspect: true, image: normalizeStrokes(three).pixels },
  render: ({ image }) => html`<digit-preview class="large" inspect .image=${image}></digit-preview>`,
};

/** The user can choose the view. */
export const Controls: Story = {
  render: () =>
    html`<digit-recognizer label="Draw a digit" .strokes=${seven}>
      <div class="row wide">
        <digit-pad></digit-pad>
        <digit-preview controls inspect></digit-preview>
      </div>
    </digit-recognizer>`,
};

/** Anywhere on the page, it shows the picture of the recognizer with the id in `for`. */
export const Elsewhere: Story = {
  render: () =>
    html`<digit-preview for="seen-elsewhere"></digit-preview>
      <hr />
      <digit-recognizer id="seen-elsewhere" label="Draw a digit" .strokes=${seven}>
        <digit-pad></digit-pad>
      </digit-recognizer>`,
};

/** A view of an answer while there is none. */
export const EmptyView: Story = { args: { view: 'saliency' } };

export const Dark: Story = { args: { image: normalizeStrokes(four).pixels }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { image: normalizeStrokes(seven).pixels }, globals: { direction: 'rtl' } };
