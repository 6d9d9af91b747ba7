import { css } from 'lit';

export const predictionsStyles = css`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
    /* Preferred width, if nothing else determines it. */
    contain-intrinsic-inline-size: 200px;
  }

  .list {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .prediction {
    position: relative;
    flex: 1 0 100%;
    min-width: 0;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }

  .shown {
    display: grid;
    grid-template-columns: 2.25ch minmax(0, 1fr) 6.5ch;
    align-items: center;
    gap: 10px;
  }

  .likely {
    color: var(--text);
    font-weight: 600;
  }

  .likely .digit {
    font-size: 1.75em;
    line-height: 1;
  }

  .digits {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-end: 10px;
    /* Numbers run left to right in every language. */
    direction: ltr;
  }

  :host(:dir(rtl)) .digits {
    justify-content: end;
  }

  .number-digit {
    min-width: 44px;
    min-height: 44px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) / 2);
    background: transparent;
    color: var(--text);
    font-size: 1.25em;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }

  .heading {
    margin: 0 0 10px;
    color: var(--text);
    font-weight: 600;
  }

  .learned {
    color: var(--muted);
    font-weight: inherit;
  }

  .second-best {
    margin: 8px 0 0;
    color: var(--muted);
  }

  .digit {
    text-align: center;
  }

  .percentage {
    text-align: end;
    white-space: nowrap;
  }

  .bar {
    display: block;
    width: 100%;
    height: 10px;
    border-radius: 5px;
    background: var(--track);
    overflow: hidden;
    print-color-adjust: exact;
  }

  .bar rect {
    fill: var(--accent);
    transition: width 120ms ease-out;
  }

  :host(:dir(rtl)) .bar {
    transform: scaleX(-1);
  }

  [role='option'] {
    border-radius: calc(var(--radius) / 2);
    cursor: pointer;
  }

  [role='option'] .digit,
  .choice {
    display: grid;
    place-items: center;
    min-height: 36px;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) / 2);
  }

  [role='option'] .shown {
    grid-template-columns: 36px minmax(0, 1fr) 6.5ch;
  }

  .choice {
    flex: 1 0 30px;
    max-width: 48px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }

  /* All ten, in two even rows if they do not fit in one. */
  .choice:first-child,
  .choice:first-child ~ .choice {
    flex-basis: 17%;
  }

  .choice:hover,
  [role='option']:hover .digit {
    border-color: var(--accent);
    color: var(--text);
  }

  .number-digit[aria-pressed='true'],
  .choice[aria-selected='true'],
  [aria-selected='true'] .digit,
  [aria-selected='true']:hover .digit {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }

  @media (pointer: coarse) {
    [role='option'] .digit,
    .choice {
      min-height: 44px;
    }
  }

  /* Too narrow for a bar of 60 px between the digit and its percentage. */
  @container (max-width: calc(9.5ch + 80px)) {
    .shown {
      grid-template-columns: 2.25ch minmax(0, 1fr);
      gap: 4px 6px;
    }

    [role='option'] .shown {
      grid-template-columns: 36px minmax(0, 1fr);
    }

    .bar {
      grid-row: 2;
      grid-column: 1 / -1;
      height: 6px;
    }
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

  @media print {
    .choice {
      display: none;
    }
  }
`;
