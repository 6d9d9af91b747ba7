import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js';
import type { PreviewView } from '../src/index.js';
import { four, seven, three } from './support/drawings.js';

type Args = Pick<DigitRecognizer, 'model' | 'strokes'> & { readonly view: PreviewView };
type Story = StoryObj<Args>;

/** What happens between ink and answer, for showing in class. Draw, and everything updates. */
const meta: Meta<Args> = {
  title: 'Teaching',
  args: { model: 'compact', view: 'steps', strokes: seven },
  argTypes: {
    model: { control: 'inline-radio', options: ['compact', 'reference'] },
    view: { control: 'inline-radio', options: ['input', 'steps', 'saliency', 'layer'] },
    strokes: { control: 'object' },
  },
  render: ({ model, view, strokes }) =>
    html`<digit-recognizer model=${model} label="Draw a digit" .strokes=${strokes}>
      <div class="row wide">
        <digit-pad></digit-pad>
        <digit-preview view=${view}></digit-preview>
      </div>
    </digit-recognizer>`,
};
export default meta;

/** From the ink on the pad to the picture that the network reads. */
export const Steps: Story = {};

/** Which ink counts: the network runs again and again, each time with a piece of the ink covered. */
export const Saliency: Story = { args: { view: 'saliency', strokes: three } };

/** What the network looks for first: the 16 feature maps that `compact` makes of the ink. */
export const FirstLayer: Story = { args: { view: 'layer', strokes: four } };

/** The 32 feature maps of `reference`, the classic network. */
export const FirstLayerOfReference: Story = { args: { model: 'reference', view: 'layer', strokes: four } };

/** All at once: one drawing, and all views of it. */
export const Classroom: Story = {
  render: ({ model, strokes }) =>
    html`<div class="classroom">
      <digit-recognizer id="classroom" model=${model} label="Draw a digit" correctable .strokes=${strokes}>
        <digit-pad></digit-pad>
        <digit-predictions></digit-predictions>
      </digit-recognizer>
      <section>
        <h2>Steps</h2>
        <digit-preview for="classroom" view="steps"></digit-preview>
      </section>
      <section>
        <h2>What matters</h2>
        <digit-preview for="classroom" view="saliency"></digit-preview>
      </section>
      <section>
        <h2>First layer</h2>
        <digit-preview for="classroom" view="layer"></digit-preview>
      </section>
    </div>`,
};

export const Dark: Story = { args: { view: 'saliency' }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { globals: { direction: 'rtl' } };
