import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../messages/index.js';
import type { RecognitionSnapshot } from '../../recognition/index.js';

import { failureText } from '../shared/failure-text.js';

/** Renders the line below: loading, backend or error. @param kept whether there is ink */
export function renderNotice(
  { status, progress, backend, error, picture }: RecognitionSnapshot,
  kept: boolean,
  words: Messages,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (error) {
    return html`<div part="error" class="error" role="alert">
      <slot name="error">
        <p>
          <strong>${failureText(error, words, kept || picture !== null)}</strong>
          ${kept ? words.inkKept : nothing}
        </p>
      </slot>
      <button part="retry" class="retry" type="button" @click=${retry}>${words.retry}</button>
    </div>`;
  }
  if (status === 'loading') {
    return html`<slot name="loading">
      <label class="loading">
        ${words.loading}
        <progress
          part="progress"
          max="1"
          value=${progress.total > 0 ? Math.min(1, progress.loaded / progress.total) : nothing}
        ></progress>
      </label>
    </slot>`;
  }
  return backend ? html`<p>${words.backend(backend)}</p>` : nothing;
}
