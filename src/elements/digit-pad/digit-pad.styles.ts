import { css } from 'lit';

export const padStyles = css`
  :host {
    display: inline-flex;
    flex-direction: column;
    gap: 8px;
    width: var(--digit-pad-size, min(280px, var(--room)));
    max-width: 100%;
    vertical-align: top;
  }

  .surface {
    position: relative;
    /* The aspect ratio determines the height, unless the pad itself has one. */
    flex: 1 1 auto;
    aspect-ratio: var(--digit-pad-aspect-ratio, 1);
    min-height: 0;
    container-type: inline-size;
    overflow: hidden;
    border: 1.5px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }

  :host(:state(multiple)) {
    width: var(--digit-pad-size, 100%);
  }

  :host(:state(multiple)) .surface {
    aspect-ratio: var(--digit-pad-aspect-ratio, 5 / 2);
  }

  :host(:state(disabled)) .surface {
    opacity: 0.55;
  }

  .surface[aria-invalid] {
    border-color: var(--danger);
  }

  .surface[aria-invalid]:not(:focus-visible) {
    outline: 1px solid var(--danger);
  }

  .ink {
    position: absolute;
    inset: 0;
    display: block;
    width: 100%;
    height: 100%;
    /* A finger draws; it does not scroll, zoom, select or open a menu. The pad itself handles two fingers. */
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    cursor: crosshair;
    /* Screen coordinates, in every writing direction. */
    direction: ltr;
  }

  :host(:is(:state(disabled), :state(readonly))) .ink {
    touch-action: auto;
    cursor: default;
  }

  :host(:state(disabled)) .ink {
    cursor: not-allowed;
  }

  .strokes {
    fill: none;
    stroke: var(--ink);
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: var(--digit-pen-width, var(--pen-width));
  }

  .stroke path {
    stroke-width: calc(var(--digit-pen-width, var(--pen-width)) * var(--pressure, 1));
  }

  /* Mark where the corners are on the screen, even if the pad is transformed. */
  .corner {
    position: absolute;
    top: 0;
    left: 0;
    width: 0;
    height: 0;
    pointer-events: none;
  }

  .right {
    left: 100%;
  }

  .bottom {
    top: 100%;
  }

  .cursor {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2px;
    pointer-events: none;
  }

  .cursor * {
    vector-effect: non-scaling-stroke;
  }

  .cursor .halo {
    stroke: var(--paper);
    stroke-width: 5px;
  }

  .cursor.down circle:not(.halo) {
    fill: var(--accent);
  }

  .box-group {
    pointer-events: none;
  }

  .box {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.5px;
    stroke-dasharray: 4 4;
    vector-effect: non-scaling-stroke;
    rx: 4px;
  }

  .box-label {
    fill: var(--accent);
    stroke: var(--paper);
    stroke-width: 0.25em;
    stroke-linejoin: round;
    paint-order: stroke;
    font-weight: 600;
    text-anchor: middle;
  }

  .selected .box {
    stroke-dasharray: none;
    stroke-width: 3px;
  }

  .hint {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: min(12px, 5cqi);
    color: var(--muted);
    font-size: clamp(0.75rem, 9cqi, 1em);
    overflow-wrap: anywhere;
    text-align: center;
    pointer-events: none;
  }

  .toolbar {
    display: flex;
    flex: none;
    justify-content: center;
    gap: 8px;
  }

  .tool {
    display: grid;
    flex: 1 1 0;
    place-items: center;
    max-width: 96px;
  }

  .tool svg,
  ::slotted([slot$='-icon']) {
    width: 22px;
    height: 22px;
  }

  /* In right-to-left text, back points right. */
  :host(:dir(rtl)) .tool svg {
    transform: scaleX(-1);
  }

  /* Only the ink is printed, and it is dark: without a background, light ink would be invisible. */
  @media print {
    :host {
      --ink: #000;
      --paper: #fff;
      break-inside: avoid;
    }

    .toolbar,
    .hint,
    .cursor {
      display: none;
    }
  }
`;
