import { css } from 'lit';

export const recognizerStyles = css`
  :host {
    display: inline-block;
    width: min(560px, var(--room));
    max-width: 100%;
    container-type: inline-size;
    vertical-align: top;
  }

  .parts {
    display: grid;
    /* As wide as the pad; a percentage is of what the answer leaves. */
    grid-template-columns: minmax(0, var(--digit-pad-size, 280px)) minmax(clamp(140px, 25%, 240px), 1fr);
    align-items: start;
    gap: 20px;
  }

  .answer {
    display: grid;
    /* Not wider than its column, whatever size the preview prefers. */
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    min-width: 0;
  }

  /* Several digits need the full width; the answer goes below. */
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
    overflow-wrap: anywhere;
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

  .pictures {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    margin-block-start: 12px;
  }

  .choose {
    padding: 0 16px;
  }

  .remove {
    display: grid;
    flex: none;
    place-items: center;
    width: 44px;
  }

  .remove svg {
    width: 20px;
    height: 20px;
  }

  .picture {
    display: flex;
    flex: 0 1 auto;
    align-items: center;
    gap: 10px;
    min-width: 0;
    margin: 0;
  }

  .thumbnail {
    position: relative;
    flex: none;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 0.35);
    /* Makes ink of any color visible in a transparent picture. */
    background: repeating-conic-gradient(#8a8a8a 0 25%, #b5b5b5 0 50%) 0 0 / 12px 12px;
  }

  .thumbnail canvas {
    display: block;
    max-width: 96px;
    max-height: 56px;
  }

  /* A digit of a number is a small part of it. */
  :host([multiple]) .thumbnail canvas {
    max-width: 176px;
  }

  .thumbnail svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    fill: none;
    stroke: var(--accent);
    stroke-dasharray: 3 2;
  }

  .thumbnail rect {
    vector-effect: non-scaling-stroke;
  }

  .thumbnail .selected {
    stroke-width: 2.5px;
    stroke-dasharray: none;
  }

  .picture-name {
    min-width: 0;
    overflow: hidden;
    color: var(--muted);
    font-size: 0.875em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .drop-hint {
    position: absolute;
    inset: 0;
    display: none;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: calc(var(--radius) * 0.75);
    background: var(--paper);
    color: var(--accent);
    font-weight: 600;
    text-align: center;
    pointer-events: none;
  }

  :host(:state(dropping)) .drop-hint {
    display: grid;
  }

  :host(:state(dropping)) {
    outline: 2px dashed var(--accent);
    outline-offset: 6px;
    border-radius: var(--radius);
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

  /* Depends on the size of the text, too. */
  @container (max-width: 239px) or (max-width: 14em) {
    .answer,
    :host([multiple]) .answer {
      grid-template-columns: minmax(0, 1fr);
      justify-items: center;
    }

    .answer digit-predictions {
      width: 100%;
    }
  }

  @media print {
    .pictures button,
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
