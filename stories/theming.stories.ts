import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';
import { four, seven, three } from './support/drawings.js';
import { padIn, surfaceOf } from './support/play.js';
import './support/themes.css';

const meta: Meta = { title: 'Theming', tags: ['!autodocs'] };
export default meta;

type Story = StoryObj;

/** What a theme applies to: everything that has a color, with a digit on the pad. */
const themed = (name: string, strokes = seven): TemplateResult =>
  html`<div class="${name} themed">
    <digit-recognizer correctable label="Draw a digit" .strokes=${strokes}></digit-recognizer>
  </div>`;

const light = { globals: { colors: 'light' } };
const dark = { globals: { colors: 'dark' } };

/** No theme at all: the colors of `color-scheme: light`. */
export const Light: Story = { ...light, render: () => themed('plain') };

/** No theme at all: the colors of `color-scheme: dark`. */
export const Dark: Story = { ...dark, render: () => themed('plain') };

/** Green board, white chalk. */
export const Chalkboard: Story = {
  ...dark,
  render: () => themed('theme-chalkboard', four),
  play: async ({ canvasElement }) => {
    const pad = await padIn(canvasElement);
    const paper = getComputedStyle(surfaceOf(pad)).backgroundColor;
    // Users who have chosen system colors get them.
    const forced = matchMedia('(forced-colors: active)').matches;
    if (forced) await expect(paper).not.toBe('rgb(31, 61, 54)');
    else await expect(paper).toBe('rgb(31, 61, 54)');
  },
};

/** Warm paper, blue fountain pen, a serif face, square corners. */
export const Notebook: Story = { ...light, render: () => themed('theme-notebook', three) };

/** A custom accent color is often enough. */
export const Brand: Story = { render: () => themed('theme-brand') };

/** Large, bold, and with maximum contrast. */
export const HighContrast: Story = { render: () => themed('theme-high-contrast', three) };

/** Each part by name: a surface of squared paper, round buttons, square bars. */
export const Parts: Story = { ...light, render: () => themed('theme-parts', four) };

/** A state changes the style: the border of an empty pad is dashed. */
export const States: Story = {
  render: () => html`<div class="theme-states themed"><digit-recognizer label="Draw a digit"></digit-recognizer></div>`,
};
