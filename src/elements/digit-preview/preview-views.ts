import type { TemplateResult } from 'lit';
import { IMAGE_SIDE } from '../../model/index.js';
import type { Plane } from '../../imaging/index.js';
import { convolve, mostSalientRegion, occlusionSaliency } from '../../explain/index.js';
import type { Locale, Messages } from '../../messages/index.js';
import type { Recognition, RecognitionStore } from '../../recognition/index.js';
import { formatWhole } from '../shared/number-formats.js';
import { grayPicture, heatPicture } from './pictures.js';
import { views, type PreviewView } from './preview-view.js';
import type { TemplateTools } from './template-tools.js';

export { PixelInspector } from './pixel-inspector.js';
export { viewStyles } from './preview-views.styles.js';

/** The views that explain an answer. */
export type ExplainingView = Exclude<PreviewView, 'input'>;

/**
 * Renders a view below the tabs of all views.
 * @param choose called with the view that the user selects
 */
export function renderTabs(
  chosen: PreviewView,
  shown: TemplateResult,
  messages: Messages,
  choose: (view: PreviewView) => void,
  { html }: TemplateTools,
): TemplateResult {
  const { viewInput, viewSteps, viewSaliency, viewLayer } = messages;
  const names = { input: viewInput, steps: viewSteps, saliency: viewSaliency, layer: viewLayer };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? -1 : 1;
    const index = views.indexOf(chosen);
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: index - forward,
      ArrowRight: index + forward,
      Home: 0,
      End: views.length - 1,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    choose(views[(targets[event.key] + views.length) % views.length]);
  };
  const tabs = views.map(
    (view) =>
      html`<button
        part="view"
        class="view"
        type="button"
        role="tab"
        id=${view}
        aria-selected=${view === chosen ? 'true' : 'false'}
        aria-controls="panel"
        tabindex=${view === chosen ? '0' : '-1'}
        @click=${() => choose(view)}
      >
        ${names[view]}
      </button>`,
  );
  return html`
    <div part="views" class="views" role="tablist" aria-label=${messages.previewViews} @keydown=${onKeyDown}>
      ${tabs}
    </div>
    <div part="panel" class="panel" id="panel" role="tabpanel" aria-labelledby=${chosen}>${shown}</div>
  `;
}

/** A prepared view of one answer: renders it in a language, with all expensive work done. */
export type Explanation = (locale: Locale) => TemplateResult;

/**
 * Prepares a view of an answer; null if there is nothing to show.
 *
 * @param digit the digit that the view is about
 * @throws {InferenceError} if the network cannot be run
 */
export async function explain(
  view: ExplainingView,
  digit: number,
  { image }: Recognition,
  store: RecognitionStore,
  signal: AbortSignal,
  tools: TemplateTools,
): Promise<Explanation | null> {
  if (view === 'steps') return explainSteps(store, tools);
  const { service } = store;
  if (!service) return null;
  if (view === 'layer') return explainLayer(image, await service.firstLayer(), tools);
  return explainSaliency(image, await occlusionSaliency(image, digit, service, signal), tools);
}

function canvas(picture: ReturnType<typeof grayPicture>, { html, paint }: TemplateTools): TemplateResult {
  return html`<canvas class="picture" aria-hidden="true" ${paint(picture)}></canvas>`;
}

function explainSteps({ steps }: RecognitionStore, tools: TemplateTools): Explanation | null {
  const { html, svg } = tools;
  if (!steps) return null;
  const { ink, box, scaled, centered } = steps;
  const picture = (plane: Plane): TemplateResult => canvas(grayPicture(plane), tools);
  const inkPicture = picture(ink);
  const boxed = html`${picture(ink)}
    <svg class="box" viewBox="0 0 ${ink.width} ${ink.height}" aria-hidden="true">
      ${svg`<rect x=${box.x} y=${box.y} width=${box.width} height=${box.height} />`}
    </svg>`;
  const pictures = [inkPicture, boxed, picture(scaled), picture(centered)];
  return ({ messages }) => {
    const names = [messages.stepInk, messages.stepBox, messages.stepScaled, messages.stepCentered];
    return html`<ol part="steps" class="steps" role="list">
      ${pictures.map(
        (shown, index) =>
          html`<li part="step" class="step">
            <span class="frame">${shown}</span>
            <span class="caption">${names[index]}</span>
          </li>`,
      )}
    </ol>`;
  };
}

function explainSaliency(
  image: Float32Array,
  saliency: Awaited<ReturnType<typeof occlusionSaliency>>,
  tools: TemplateTools,
): Explanation {
  const { html } = tools;
  const picture = canvas(heatPicture({ data: image, width: IMAGE_SIDE, height: IMAGE_SIDE }, saliency.drops), tools);
  const region = mostSalientRegion(saliency, image);
  return ({ messages }) => {
    const digit = String(saliency.digit);
    const sentence = region
      ? messages.saliencyMost(digit, messages.regions[region.row * 3 + region.column])
      : messages.saliencyNone(digit);
    return html`<div part="saliency" class="saliency">
      <span class="frame">${picture}</span>
      <div class="legend">
        <p part="sentence">${sentence}</p>
        <ul role="list">
          <li class="for">${messages.saliencyFor(digit)}</li>
          <li class="against">${messages.saliencyAgainst(digit)}</li>
        </ul>
      </div>
    </div>`;
  };
}

function explainLayer(image: Float32Array, layer: Parameters<typeof convolve>[1], tools: TemplateTools): Explanation {
  const { html } = tools;
  const { maps, width, height } = convolve(image, layer);
  // One scale for all, so that weak feature maps look dark.
  const strongest = Math.max(Number.MIN_VALUE, ...maps.map((map) => Math.max(...map)));
  const pictures = maps.map((data) => canvas(grayPicture({ data, width, height }, strongest), tools));
  return ({ messages, language }) =>
    html`<div
      part="layer"
      class="layer"
      role="img"
      aria-label=${messages.layerLabel(formatWhole(language, maps.length))}
    >
      ${pictures}
    </div>`;
}
