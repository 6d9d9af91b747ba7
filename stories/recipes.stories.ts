/// <reference types="vite/client" />
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { WriterProfile } from 'digit-recognizer';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import type { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js';
import compactUrl from '../models/compact.onnx?url';
import { exercise } from './recipes/classroom.js';
import classroomMarkup from './recipes/classroom.html?raw';
import './recipes/classroom.css';
import { orderForm } from './recipes/form.js';
import formMarkup from './recipes/form.html?raw';
import { kiosk } from './recipes/kiosk.js';
import kioskMarkup from './recipes/kiosk.html?raw';
import './recipes/kiosk.css';
import { ownModel } from './recipes/own-model.js';
import ownModelMarkup from './recipes/own-model.html?raw';
import { pinPad } from './recipes/pin-pad.js';
import pinPadMarkup from './recipes/pin-pad.html?raw';
import './recipes/pin-pad.css';
import './recipes/recipes.css';
import { collection } from './recipes/training-data.js';
import trainingDataMarkup from './recipes/training-data.html?raw';
import { arrow, four, seven, three } from './support/drawings.js';
import { draw, drawAndRead, padIn, press, surfaceOf } from './support/play.js';

const meta: Meta = { title: 'Recipes', tags: ['!autodocs'] };
export default meta;

type Story = StoryObj;

/** Renders the markup shown on the page, and runs the code shown on the page with it. */
function show<Root extends HTMLElement>(markup: string, start: (root: Root) => void): NonNullable<Story['render']> {
  return () => {
    const template = document.createElement('template');
    template.innerHTML = markup;
    const root = document.importNode(template.content, true).firstElementChild as Root;
    start(root);
    return root;
  };
}

/** Undoes as often as anyone would, and expects nothing to come back. */
async function expectForgotten(recognizer: DigitRecognizer): Promise<void> {
  for (let count = 0; count < 20; count += 1) recognizer.undo();
  await expect(recognizer.strokes).toHaveLength(0);
}

/** A digit in a form: label, value, validity and reset work as on any control. */
export const Form: Story = {
  render: show(formMarkup, orderForm),
  play: async ({ canvasElement, canvas, step }) => {
    const form = canvasElement.querySelector('form')!;
    const recognizer = form.querySelector('digit-recognizer')!;
    await step('An empty pad holds the form back', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Order' }));
      await expect(recognizer.validity.valueMissing).toBe(true);
      await expect(form.querySelector('output')!.value).toBe('');
    });
    await step('A digit goes with it', async () => {
      await drawAndRead(form, seven);
      await userEvent.click(canvas.getByRole('button', { name: 'Order' }));
      await expect(form.querySelector('output')!.value).toBe('Your order goes to table 7.');
    });
    await step('Reset wipes the pad', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Start again' }));
      await expect(recognizer.strokes).toHaveLength(0);
      await expect(recognizer.value).toBe('');
    });
  },
};

/** Several digits, one after the other, on one pad. */
export const PinPad: Story = {
  name: 'PIN pad',
  render: show(pinPadMarkup, pinPad),
  play: async ({ canvasElement, canvas, step }) => {
    const form = canvasElement.querySelector('form')!;
    const pad = await padIn(form);
    const entered = async (pin: string): Promise<void> => {
      await waitFor(() => expect(new FormData(form).get('pin')).toBe(pin), { timeout: 10_000 });
    };
    await step('A four of two strokes is one digit', async () => {
      await draw(pad, four);
      await entered('4');
      await expect(canvas.getByText('1 of 4 digits')).toHaveRole('status');
    });
    await step('The pad is empty for the next one', async () => {
      await draw(pad, seven);
      await entered('47');
    });
    await step('Digits can be typed as well', async () => {
      press(surfaceOf(pad), '1');
      await entered('471');
    });
    await step('The last one sends the form', async () => {
      await draw(pad, three);
      await entered('4713');
      await expect(form.querySelectorAll('output')[1].value).toMatch(/^Thank you/);
    });
    await step('Undo brings no digit back', () => expectForgotten(form.querySelector('digit-recognizer')!));
    await step('Start again', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Start again' }));
      await entered('');
    });
  },
};

/** Practice for learners, with the steps from ink to picture next to the pad. */
export const Classroom: Story = {
  render: show(classroomMarkup, exercise),
  play: async ({ canvasElement, canvas, step }) => {
    const section = canvasElement.querySelector('section')!;
    await step('A digit other than the requested one', async () => {
      await drawAndRead(section, seven);
      await expect(canvas.findByText('I read a 7. What would make it a 5?')).resolves.toBeVisible();
    });
    await step('The right one', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Next digit' }));
      await expect(canvas.getByRole('heading', { name: 'Draw a 7' })).toBeVisible();
      await drawAndRead(section, seven);
      await expect(canvas.findByText(/^Right, that is a 7/)).resolves.toBeVisible();
    });
    await step('The next task has no verdict yet', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Next digit' }));
      await expect(section.querySelector('output')!.value).toBe('');
    });
    await step('A non-digit', async () => {
      await drawAndRead(section, arrow);
      await expect(canvas.findByText('I cannot read that. Try it larger.')).resolves.toBeVisible();
    });
  },
};

/** A large pad for a stand without a keyboard. It forgets a guest who has left. */
export const Kiosk: Story = {
  render: show(kioskMarkup, kiosk),
  play: async ({ canvasElement, canvas, step }) => {
    await step('It asks whether it has read right', async () => {
      await drawAndRead(canvasElement, three);
      await expect(canvas.findByText('A table for 3?')).resolves.toBeVisible();
    });
    await step('No: the pad is empty again', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Draw again' }));
      await expect(canvasElement.querySelector('digit-recognizer')!.strokes).toHaveLength(0);
      await expect(canvas.getByRole('button', { name: 'Yes' })).toBeDisabled();
    });
    await step('Undo brings nothing back', () => expectForgotten(canvasElement.querySelector('digit-recognizer')!));
    const list = within(canvasElement.querySelector('digit-predictions')!.shadowRoot as unknown as HTMLElement);
    await step('A digit can be picked without drawing', async () => {
      await userEvent.click(await list.findByRole('option', { name: '6' }));
      await expect(canvas.findByText('A table for 6?')).resolves.toBeVisible();
      await userEvent.click(canvas.getByRole('button', { name: 'Draw again' }));
      await expect(canvas.getByRole('button', { name: 'Yes' })).toBeDisabled();
    });
    await step('What a guest has corrected is read so for this guest', async () => {
      const recognizer = await drawAndRead(canvasElement, three);
      await userEvent.click(await list.findByRole('option', { name: /^5,/ }));
      await userEvent.click(canvas.getByRole('button', { name: 'Draw again' }));
      await drawAndRead(canvasElement, three);
      await waitFor(() => expect(recognizer.value).toBe('5'));
      recognizer.profile = new WriterProfile();
      recognizer.clear();
    });
    await step('Yes', async () => {
      await drawAndRead(canvasElement, four);
      await userEvent.click(await canvas.findByRole('button', { name: 'Yes' }));
      await expect(canvas.findByText(/table for 4 will be ready/)).resolves.toBeVisible();
    });
  },
};

/** A network of your own, by its URL. Here, the file of `compact` stands in for yours. */
export const OwnModel: Story = {
  loaders: [(): Promise<unknown> => import('digit-recognizer/onnxruntime')],
  render: show(ownModelMarkup, (section) => ownModel(section, new URL(compactUrl, document.baseURI).href)),
  play: async ({ canvasElement }) => {
    const recognizer = await drawAndRead(canvasElement, seven);
    await expect(recognizer.value).toBe('7');
    await expect(recognizer.model).toMatch(/compact.*\.onnx$/);
  },
};

/** Drawn digits and their labels, in the format that `npm run train` reads. */
export const OwnTrainingData: Story = {
  render: show(trainingDataMarkup, collection),
  play: async ({ canvasElement, canvas, step }) => {
    const recognizer = await drawAndRead(canvasElement, seven);
    await step('The user says that it is a 1', async () => {
      const predictions = within(
        recognizer.shadowRoot!.querySelector('digit-predictions')!.shadowRoot as unknown as HTMLElement,
      );
      await userEvent.click(predictions.getByRole('option', { name: /^1,/ }));
      await expect(recognizer.value).toBe('1');
    });
    await step('What is kept can be saved', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Keep it' }));
      await expect(canvas.getByText('Digits kept: 1. Corrected: 1.')).toBeVisible();
      await expect(canvas.getByRole('button', { name: 'Keep it' })).toBeDisabled();
      await expect(canvas.getByRole('button', { name: 'Save the file' })).toBeEnabled();
    });
  },
};
