import { css } from 'lit';

export const predictionsStyles = css`
  :host {
    display: block;
    min-width: 0;
  }

  .list {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .prediction {
    display: grid;
    grid-template-columns: 2.25ch minmax(0, 1fr) 6.5ch;
    align-items: center;
    gap: 10px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }

  .prediction.likely:first-child {
    color: var(--text);
    font-weight: 600;
  }

  .prediction.likely:first-child .digit {
    font-size: 1.75em;
    line-height: 1;
  }

  .not-sure {
    margin: 0 0 10px;
    color: var(--text);
    font-weight: 600;
  }

  .digit {
    text-align: center;
  }

  .percentage {
    text-align: end;
  }

  .bar {
    display: block;
    width: 100%;
    height: 10px;
    border-radius: 5px;
    background: var(--track);
    overflow: hidden;
  }

  .bar rect {
    fill: var(--accent);
    transition: width 120ms ease-out;
  }

  :host(:dir(rtl)) .bar {
    transform: scaleX(-1);
  }

  @media (prefers-reduced-motion: reduce) {
    .bar rect {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      outline: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
  }
`;
