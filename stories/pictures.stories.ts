import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js';

type Args = Pick<DigitRecognizer, 'disabled' | 'multiple'>;
type Story = StoryObj<Args>;

/** A picture instead of ink: chosen, dropped or pasted. Without `pictures`, files are left to the page. */
const meta: Meta<Args> = {
  title: 'Pictures',
  component: 'digit-recognizer',
  args: { disabled: false, multiple: false },
  render: ({ disabled, multiple }) =>
    html`<digit-recognizer pictures label="A digit" ?disabled=${disabled} ?multiple=${multiple}></digit-recognizer>`,
};
export default meta;

const recognizerIn = (canvasElement: HTMLElement): DigitRecognizer => canvasElement.querySelector('digit-recognizer')!;

/** A file with sevens on gray paper, with the light fading to one side. */
async function photograph(count: number): Promise<File> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 480 * count, height: 480 });
  const context = canvas.getContext('2d')!;
  const light = context.createLinearGradient(0, 0, canvas.width, 480);
  light.addColorStop(0, '#f4f0e4');
  light.addColorStop(1, '#77736a');
  context.fillStyle = light;
  context.fillRect(0, 0, canvas.width, 480);
  Object.assign(context, { strokeStyle: '#24418f', lineWidth: 28, lineCap: 'round', lineJoin: 'round' });
  for (let index = 0; index < count; index++) {
    context.stroke(new Path2D(`M${480 * index + 140} 120h200l-120 260`));
  }
  const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg'));
  return new File([blob], count === 1 ? 'seven.jpg' : 'number.jpg', { type: blob.type });
}

function drag(recognizer: DigitRecognizer, type: 'dragover' | 'drop', file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  recognizer.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
}

export const Empty: Story = {};

export const Read: Story = {
  play: async ({ canvasElement }) => drag(recognizerIn(canvasElement), 'drop', await photograph(1)),
};

export const Number: Story = {
  args: { multiple: true },
  play: async ({ canvasElement }) => drag(recognizerIn(canvasElement), 'drop', await photograph(2)),
};

/** A file is dragged over it. */
export const Dropping: Story = {
  play: async ({ canvasElement }) => drag(recognizerIn(canvasElement), 'dragover', await photograph(1)),
};

/** The file is not a picture: the reason is shown, and the ink is kept. */
export const Unreadable: Story = {
  play: ({ canvasElement }) => drag(recognizerIn(canvasElement), 'drop', new File(['words'], 'notes.txt')),
};

export const Disabled: Story = { args: { disabled: true } };

export const Dark: Story = { ...Read, globals: { colors: 'dark' } };

export const RightToLeft: Story = { ...Read, globals: { direction: 'rtl' } };
