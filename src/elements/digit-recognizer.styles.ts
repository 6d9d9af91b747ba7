import { css } from 'lit';

export const recognizerStyles = css`
  :host {
    display: inline-block;
    width: 560px;
    max-width: 100%;
    container-type: inline-size;
    vertical-align: top;
  }

  .parts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    gap: 20px;
  }

  .answer {
    display: grid;
    gap: 16px;
    min-width: 0;
  }

  /* Several digits need the width; the answer is below. */
  :host([multiple]) .parts {
    grid-template-columns: minmax(0, 1fr);
  }

  :host([multiple]) .answer {
    grid-template-columns: auto minmax(0, 1fr);
  }

  .notice {
    min-height: 44px;
    margin-block-start: 12px;
    color: var(--muted);
    font-size: 0.875em;
  }

  .notice p {
    margin: 0;
  }

  .loading {
    display: grid;
    gap: 6px;
  }

  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--track);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: var(--track);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  .error {
    display: grid;
    justify-items: start;
    gap: 8px;
    padding: 12px 14px;
    border: 1px solid var(--danger);
    border-radius: calc(var(--radius) * 0.75);
    color: var(--text);
  }

  .error strong {
    color: var(--danger);
  }

  .error .details {
    color: var(--muted);
    overflow-wrap: anywhere;
  }

  .retry {
    min-height: 44px;
    padding: 0 16px;
    border: 0;
    border-radius: calc(var(--radius) * 0.75);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    cursor: pointer;
  }

  :host(:state(invalid)) digit-pad::part(surface) {
    border-color: var(--danger);
    outline: 1px solid var(--danger);
  }

  @container (max-width: 459px) {
    .parts {
      grid-template-columns: minmax(0, 1fr);
      justify-items: center;
    }

    .answer {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      width: 100%;
      max-width: 340px;
      --digit-preview-size: var(--digit-preview-narrow-size, 84px);
    }
  }

  @container (max-width: 239px) {
    .answer {
      grid-template-columns: minmax(0, 1fr);
      justify-items: center;
    }

    .answer digit-predictions {
      width: 100%;
    }
  }

  @media print {
    .notice {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .retry {
      border: 1px solid ButtonText;
      forced-color-adjust: none;
    }
  }
`;
