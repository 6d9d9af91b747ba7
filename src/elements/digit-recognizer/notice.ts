import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../messages/index.js';
import type { RecognitionSnapshot } from '../../recognition/index.js';
import { failureText } from '../shared/failure-text.js';

/**
 * Renders an error.
 * @param retry retries what failed; null if that is of no use
 */
export function renderError(content: TemplateResult, messages: Messages, retry: (() => void) | null): TemplateResult {
  return html`<div part="error" class="error" role="alert">
    ${content}
    ${retry && html`<button part="retry" class="retry" type="button" @click=${retry}>${messages.retry}</button>`}
  </div>`;
}

/**
 * Renders the line below: loading, backend or error.
 * @param kept whether there is ink
 */
export function renderNotice(
  { status, progress, backend, error, picture }: RecognitionSnapshot,
  kept: boolean,
  messages: Messages,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (error) {
    const content = html`<slot name="error">
      <p>
        <strong>${failureText(error, messages, kept || picture !== null)}</strong>
        ${kept ? messages.inkKept : nothing}
      </p>
    </slot>`;
    // Until the page sets another value, retrying fails alike.
    const { code } = error as { readonly code?: string };
    return renderError(content, messages, code === 'invalid-attribute' ? null : retry);
  }
  if (status === 'loading') {
    return html`<slot name="loading">
      <label class="loading">
        ${messages.loading}
        <progress
          part="progress"
          max="1"
          value=${progress.total > 0 ? Math.min(1, progress.loaded / progress.total) : nothing}
        ></progress>
      </label>
    </slot>`;
  }
  return backend ? html`<p>${messages.backend(backend)}</p>` : nothing;
}
