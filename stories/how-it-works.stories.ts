import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { InferenceService, type DigitRecognizer, type Recognition } from 'digit-recognizer';
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { Strokes } from '../src/drawing/index.js';
import { seven } from './support/drawings.js';
import { draw, padIn } from './support/play.js';
import './support/way-of-a-digit.css';

const meta: Meta = { title: 'How it works', tags: ['!autodocs'] };
export default meta;

/** Draws ten logits as bars, up for positive ones. */
function renderLogits(logits: Float32Array | null): TemplateResult {
  const bars = [...(logits ?? new Float32Array(10))];
  const reach = Math.max(1, ...bars.map(Math.abs));
  return html`<svg class="figure" viewBox="0 0 200 120" role="img" aria-label="Ten logits as bars">
    <line class="axis" x1="0" y1="54" x2="200" y2="54" />
    ${bars.map((logit, digit) => {
      const height = (Math.abs(logit) / reach) * 46;
      return svg`
        <rect class=${logit === Math.max(...bars) ? 'best' : 'bar'} x=${digit * 20 + 4} y=${logit > 0 ? 54 - height : 54}
          width="12" height=${height} />
        <text x=${digit * 20 + 10} y="116">${digit}</text>`;
    })}
  </svg>`;
}

/** Draws the points of strokes, which are in CSS pixels of a square pad. */
function renderPoints(strokes: Strokes, { clientWidth: side }: Element): TemplateResult {
  return html`<svg
    class="figure points"
    viewBox="0 0 ${side} ${side}"
    role="img"
    aria-label="The points of the strokes"
  >
    ${strokes.map(
      ({ points }) =>
        svg`<polyline points=${points.map(({ x, y }) => `${x},${y}`).join(' ')} />${points.map(
          ({ x, y }) => svg`<circle cx=${x} cy=${y} r="3.5" />`,
        )}`,
    )}
  </svg>`;
}

function renderService(recognition: Recognition | null): TemplateResult {
  return html`<svg class="figure" viewBox="0 0 200 120" aria-hidden="true">
      ${[16, 16, 32, 32, 48, 64, 64, 10].map((channels, layer) => {
        const height = 16 + channels * 1.3;
        return svg`<rect class=${recognition ? 'best' : 'bar'} x=${layer * 24 + 10} y=${60 - height / 2} width="14" rx="3" height=${height} />`;
      })}
    </svg>
    <p>
      ${
        recognition
          ? html`<b>${recognition.timings.infer.toFixed(1)} ms</b> on
              ${recognition.backend === 'webgpu' ? 'WebGPU' : 'WebAssembly'}`
          : 'The network waits.'
      }
    </p>`;
}

interface Progress {
  events: number;
  logits: Float32Array | null;
}

function renderSteps(recognizer: DigitRecognizer, { events, logits }: Progress): Record<string, TemplateResult> {
  const { strokes, recognition } = recognizer;
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  return {
    events: html`<p><b>${events}</b> pointer events</p>`,
    strokes: html`${renderPoints(strokes, recognizer.querySelector('digit-pad')!)}
      <p><b>${strokes.length}</b> stroke${strokes.length === 1 ? '' : 's'}, <b>${points}</b> points</p>`,
    picture: html`<p><b>784</b> numbers from 0 to 1</p>`,
    service: renderService(recognition),
    logits: html`${renderLogits(logits)}
      <p>
        ${logits ? html`the largest: <b>${Math.max(...logits).toFixed(1)}</b>` : 'ten numbers'}, for the image as it is
      </p>`,
    recognition: html`<p>
      value: <b><code>'${recognizer.value}'</code></b
      >${recognition?.reason === 'not-a-digit' ? ', not a digit' : nothing}
    </p>`,
  };
}

/** Shows the result of each step, once there is an answer. */
function follow(figure: HTMLElement): void {
  const recognizer = figure.querySelector('digit-recognizer')!;
  const progress: Progress = { events: 0, logits: null };
  const show = (): void => {
    for (const [name, content] of Object.entries(renderSteps(recognizer, progress))) {
      render(content, figure.querySelector<HTMLElement>(`[data-step=${name}]`)!);
    }
  };
  const count = (): void => {
    progress.events += 1;
    show();
  };
  for (const type of ['pointerdown', 'pointermove', 'pointerup']) {
    recognizer.querySelector('digit-pad')!.addEventListener(type, (event) => {
      if ((event as PointerEvent).buttons > 0 || event.type === 'pointerup') count();
    });
  }
  recognizer.addEventListener('digit-ink', ({ strokes }) => {
    if (strokes.length === 0) progress.events = 0;
    show();
  });
  recognizer.addEventListener('digit-recognition', ({ recognition }) => {
    const { image, reason } = recognition ?? { image: null, reason: 'blank' };
    if (!image || reason === 'blank') {
      progress.logits = null;
      return show();
    }
    InferenceService.shared()
      .infer(image, 1)
      .then((logits) => {
        if (recognizer.recognition === recognition) progress.logits = logits;
      })
      // The recognizer shows that the network failed.
      .catch(() => {})
      .finally(show);
  });
  show();
}

/**
 * Draw, and see the result of each step. The logits are those of the image as it is; the answer is their mean over three
 * views of it.
 */
export const WayOfADigit: StoryObj = {
  name: 'The way of a digit',
  render: () => {
    const template = document.createElement('template');
    template.innerHTML = `
      <div class="way">
        <digit-recognizer label="Draw a digit">
          <ol>
            <li><h3>Pointer events</h3><digit-pad></digit-pad><div data-step="events"></div></li>
            <li><h3>Strokes</h3><div data-step="strokes"></div></li>
            <li><h3>28 by 28 pixels</h3><digit-preview></digit-preview><div data-step="picture"></div></li>
            <li><h3>Service</h3><div data-step="service"></div></li>
            <li><h3>Logits</h3><div data-step="logits"></div></li>
            <li><h3>Recognition</h3><digit-predictions></digit-predictions><div data-step="recognition"></div></li>
          </ol>
        </digit-recognizer>
      </div>`;
    const figure = document.importNode(template.content, true).firstElementChild as HTMLElement;
    follow(figure);
    return figure;
  },
  play: async ({ canvasElement }) => {
    const recognizer = canvasElement.querySelector('digit-recognizer')!;
    await draw(await padIn(canvasElement), seven);
    await recognizer.recognitionComplete;
    const step = (name: string): Element => canvasElement.querySelector(`[data-step=${name}]`)!;
    await waitFor(() => expect(step('recognition')).toHaveTextContent("value: '7'"));
    await waitFor(() => expect(step('logits')).toHaveTextContent(/the largest: \d/));
    await expect(step('strokes')).toHaveTextContent(/^1 stroke, \d\d points$/);
    await expect(step('service')).toHaveTextContent(/ms on Web/);
    await expect(step('events')).not.toHaveTextContent(/^0 /);
  },
};
