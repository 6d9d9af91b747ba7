import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitPad } from '../src/elements/digit-pad/digit-pad.js';
import { four, pressed, seven, sideBySide, three } from './support/drawings.js';

type Args = Pick<DigitPad, 'boxes' | 'disabled' | 'label' | 'readOnly' | 'strokes'>;
type Story = StoryObj<Args>;

const meta: Meta<Args> = {
  title: 'digit-pad',
  component: 'digit-pad',
  args: { boxes: [], disabled: false, label: 'Draw a digit', readOnly: false, strokes: [] },
  argTypes: { strokes: { control: 'object' }, boxes: { control: 'object' } },
  render: ({ boxes, disabled, label, readOnly, strokes }) =>
    html`<digit-pad
      label=${label}
      ?disabled=${disabled}
      ?readonly=${readOnly}
      .boxes=${boxes}
      .strokes=${strokes}
    ></digit-pad>`,
};
export default meta;

/** Finds the story's pad, ready for use. */
async function padIn(canvasElement: HTMLElement): Promise<DigitPad> {
  const pad = canvasElement.querySelector('digit-pad')!;
  await pad.updateComplete;
  return pad;
}

export const Empty: Story = {};

export const DrawnDigit: Story = { args: { strokes: seven } };

/** The harder a pen presses, the wider the line. */
export const PenPressure: Story = { args: { strokes: pressed } };

export const Disabled: Story = { args: { disabled: true, strokes: four } };

/** Shows its ink and can be focused, but not drawn on. */
export const Readonly: Story = { args: { readOnly: true, strokes: four } };

export const Dark: Story = { args: { strokes: three }, globals: { colors: 'dark' } };

export const RightToLeft: Story = { args: { strokes: seven }, globals: { direction: 'rtl' } };

/** The arrow keys move the cursor, Space puts the pen down and lifts it. */
export const ByKeyboard: Story = {
  play: async ({ canvasElement }) => {
    const pad = await padIn(canvasElement);
    const surface = pad.shadowRoot!.querySelector<HTMLElement>('[part=surface]')!;
    surface.focus();
    const right = Array.from({ length: 5 }, () => 'ArrowRight');
    const down = Array.from({ length: 6 }, () => 'ArrowDown');
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', ' ', ...right, ...down]) {
      surface.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
  },
};

/** `replay()` replays the strokes as they were drawn. */
export const Replay: Story = {
  args: { strokes: four },
  render: ({ label, strokes }) =>
    html`<div class="form">
      <digit-pad label=${label} .strokes=${strokes}></digit-pad>
      <p><button @click=${playAgain}>Play</button></p>
    </div>`,
  play: async ({ canvasElement }) => {
    await (await padIn(canvasElement)).replay({ speed: 4 });
  },
};

function playAgain(event: Event): void {
  void (event.currentTarget as Element).closest('.form')!.querySelector('digit-pad')!.replay();
}

/** Wide enough for several digits; `boxes` frame and label parts of the ink. */
export const SeveralDigits: Story = {
  args: {
    strokes: sideBySide,
    boxes: [
      { x: 36, y: 26, width: 98, height: 122, text: '7' },
      { x: 182, y: 22, width: 84, height: 134, text: '3', selected: true },
    ],
  },
  render: ({ boxes, label, strokes }) =>
    html`<digit-pad class="panorama" label=${label} .boxes=${boxes} .strokes=${strokes}></digit-pad>`,
};

/** The smallest sensible size. */
export const Small: Story = {
  render: ({ label }) => html`<digit-pad class="small-pad" label=${label}></digit-pad>`,
};

/** Custom icons and a custom hint. */
export const OwnIcons: Story = {
  render: ({ label, strokes }) =>
    html`<digit-pad label=${label} .strokes=${strokes}>
      <strong slot="hint">Your age, please</strong>
      <svg slot="clear-icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 5l14 14M19 5L5 19" fill="none" stroke="currentcolor" stroke-width="3" />
      </svg>
    </digit-pad>`,
};

/** Ink stays exactly under the pointer, even if the pad is rotated, skewed or seen in perspective. */
export const Turned: Story = {
  args: { strokes: seven },
  render: ({ label, strokes }) => html`<digit-pad class="turned" label=${label} .strokes=${strokes}></digit-pad>`,
};

/** Size, colors and corner radius are custom properties. */
export const Themed: Story = {
  args: { strokes: three },
  render: ({ label, strokes }) => html`<digit-pad class="chalkboard" label=${label} .strokes=${strokes}></digit-pad>`,
};
