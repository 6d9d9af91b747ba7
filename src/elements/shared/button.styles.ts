import { css } from 'lit';

/** A bordered button, large enough for touch: `class="button"`. */
export const buttonStyles = css`
  .button {
    min-height: 44px;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 0.75);
    background: transparent;
    color: var(--text);
    cursor: pointer;
    touch-action: manipulation;
  }

  .button:hover:not(:disabled) {
    background: var(--track);
  }

  .button:disabled {
    border-color: var(--track);
    color: var(--muted);
    opacity: 0.55;
    cursor: default;
  }

  .button svg {
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }

  @media (forced-colors: active) {
    .button:disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
