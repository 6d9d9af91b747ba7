import { css } from 'lit';

export const padStyles = css`
  :host {
    display: inline-flex;
    flex-direction: column;
    gap: 8px;
    width: var(--digit-pad-size, 280px);
    max-width: 100%;
    vertical-align: top;
  }

  .surface {
    position: relative;
    aspect-ratio: 1;
    min-height: 0;
    overflow: hidden;
    border: 1.5px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }

  :host(:state(disabled)) .surface {
    opacity: 0.55;
  }

  .ink {
    position: absolute;
    inset: 0;
    display: block;
    width: 100%;
    height: 100%;
    /* A finger draws; it does not scroll, zoom, select or open a menu. */
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    cursor: crosshair;
    /* Coordinates are those of the screen in every writing direction. */
    direction: ltr;
  }

  :host(:state(disabled)) .ink {
    cursor: not-allowed;
  }

  .stroke {
    fill: none;
    stroke: var(--ink);
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: var(--digit-pen-width);
  }

  .hint {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: 12px;
    color: var(--muted);
    text-align: center;
    pointer-events: none;
  }

  .toolbar {
    display: flex;
    justify-content: center;
    gap: 8px;
  }

  .tool {
    display: grid;
    flex: 1 1 0;
    place-items: center;
    max-width: 96px;
    min-height: 44px;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 0.75);
    background: transparent;
    color: var(--text);
    cursor: pointer;
    touch-action: manipulation;
  }

  .tool:hover:not(:disabled) {
    background: var(--track);
  }

  .tool:disabled {
    border-color: var(--track);
    color: var(--muted);
    opacity: 0.55;
    cursor: default;
  }

  .tool svg {
    width: 22px;
    height: 22px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }

  /* Back is to the right where one reads from there. */
  :host(:dir(rtl)) .tool svg {
    transform: scaleX(-1);
  }

  @media (forced-colors: active) {
    .tool:disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
