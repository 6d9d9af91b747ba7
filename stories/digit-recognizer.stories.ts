import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { Strokes } from '../src/drawing/index.js';
import type { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js';
import { arrow, four, number, seven, three } from './support/drawings.js';
import { stalledModel } from './support/stalled-download.js';

type Args = Pick<DigitRecognizer, 'model' | 'backend' | 'top' | 'name' | 'required' | 'disabled' | 'label' | 'strokes'>;
type Story = StoryObj<Args>;

const empty: Strokes = [];

const recognizerIn = (canvasElement: HTMLElement): DigitRecognizer => canvasElement.querySelector('digit-recognizer')!;

/** Stock ONNX Runtime is large. */
const patient = { timeout: 20_000 };

const meta: Meta<Args> = {
  title: 'digit-recognizer',
  component: 'digit-recognizer',
  args: {
    model: 'compact',
    backend: 'auto',
    top: 3,
    name: 'digit',
    required: false,
    disabled: false,
    label: 'Draw a digit',
    strokes: empty,
  },
  argTypes: {
    model: { control: 'text' },
    backend: { control: 'inline-radio', options: ['auto', 'wasm', 'webgpu'] },
    top: { control: { type: 'range', min: 1, max: 10, step: 1 } },
    strokes: { control: 'object' },
  },
  render: ({ model, backend, top, name, required, disabled, label, strokes }) =>
    html`<digit-recognizer
      model=${model}
      backend=${backend}
      top=${top}
      name=${name}
      label=${label}
      ?required=${required}
      ?disabled=${disabled}
      .strokes=${strokes}
    ></digit-recognizer>`,
};
export default meta;

export const Empty: Story = {};

export const DrawnDigit: Story = { args: { strokes: seven } };

/** A non-digit: there is no value, and the best guesses are marked as such. */
export const NotSure: Story = { args: { strokes: arrow } };

/** All ten digits, with the classic network. */
export const Reference: Story = { args: { model: 'reference', top: 10, strokes: three } };

/** The download of the network has stalled. Ink drawn meanwhile is read when it completes. */
export const Loading: Story = {
  args: { strokes: seven },
  loaders: [(): { model: string } => ({ model: stalledModel() })],
  render: (args, { loaded }): TemplateResult =>
    html`<digit-recognizer
      model=${String(loaded.model)}
      label=${args.label}
      .strokes=${args.strokes}
    ></digit-recognizer>`,
  play: async ({ canvasElement }) => {
    const recognizer = recognizerIn(canvasElement);
    // It starts without a position.
    const progress = (): HTMLProgressElement | null => recognizer.shadowRoot!.querySelector('progress');
    await waitFor(() => expect(progress()?.position).toBeGreaterThan(0), patient);
    await expect(recognizer.status).toBe('loading');
  },
};

/** The network cannot be found. The ink is kept, and the button retries. */
export const Failed: Story = {
  name: 'Error',
  args: { model: './missing.onnx', strokes: seven },
  play: async ({ canvasElement }) => {
    const recognizer = recognizerIn(canvasElement);
    await waitFor(() => expect(recognizer.status).toBe('error'), patient);
    await expect(recognizer.error).toMatchObject({ code: 'asset-missing' });
  },
};

/** A whole number: each digit can be selected, and the value is all of them. */
export const WholeNumber: Story = {
  args: { strokes: number },
  render: ({ label, strokes }) =>
    html`<digit-recognizer multiple label=${label} .strokes=${strokes}></digit-recognizer>`,
};

/** The user can pick another digit. */
export const Correctable: Story = {
  args: { strokes: four },
  render: ({ label, strokes }) =>
    html`<digit-recognizer correctable label=${label} .strokes=${strokes}></digit-recognizer>`,
};

/** Its ink is shown and submitted, but cannot be changed. */
export const Readonly: Story = {
  args: { strokes: three },
  render: ({ label, strokes }) =>
    html`<digit-recognizer readonly label=${label} .strokes=${strokes}></digit-recognizer>`,
};

/** The network is fetched when the element nears the viewport. */
export const Lazy: Story = {
  args: { strokes: seven },
  render: ({ label, strokes }) =>
    html`<digit-recognizer loading="lazy" label=${label} .strokes=${strokes}></digit-recognizer>`,
};

/** A hint provided by the page. */
export const OwnWords: Story = {
  render: ({ label }) =>
    html`<digit-recognizer label=${label}><strong slot="hint">Your lucky number?</strong></digit-recognizer>`,
};

export const Disabled: Story = { args: { disabled: true, strokes: four } };

export const Dark: Story = { args: { strokes: four }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { strokes: three }, globals: { direction: 'rtl' } };

/** Its parts in another order and layout: pads, previews and predictions inside it find it by themselves. */
export const OwnArrangement: Story = {
  args: { strokes: seven },
  render: ({ strokes }) =>
    html`<digit-recognizer .strokes=${strokes}>
      <div class="row">
        <digit-preview></digit-preview>
        <digit-predictions .top=${5}></digit-predictions>
      </div>
      <digit-pad></digit-pad>
    </digit-recognizer>`,
};

/** Its value is submitted with the form; a required but empty pad blocks it. */
export const InAForm: Story = {
  args: { required: true },
  render: ({ name, label, required, strokes }) =>
    html`<form class="form" @submit=${showValue}>
      <digit-recognizer name=${name} label=${label} ?required=${required} .strokes=${strokes}></digit-recognizer>
      <p><button>Send</button> <button type="reset">Reset</button></p>
      <p role="status"></p>
    </form>`,
};

function showValue(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const sent = new URLSearchParams([...new FormData(form)] as [string, string][]).toString();
  form.querySelector('[role=status]')!.textContent = `The form would send: ${sent || 'nothing'}`;
}
