/** Styles of everything but the picture. A string, since this module is loaded without Lit. */
export const viewStyles = /* css */ `
  .panel > .picture,
  .panel > .pixels,
  .saliency .frame {
    width: min(100%, max(var(--digit-preview-size, 112px), 224px));
  }

  .frame,
  .pixels {
    position: relative;
    display: block;
  }

  .cursor,
  .box {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    fill: none;
    pointer-events: none;
    forced-color-adjust: none;
  }

  .cursor rect,
  .box rect {
    stroke: #ff8c00;
    stroke-width: 2px;
    vector-effect: non-scaling-stroke;
  }

  .pixels {
    border-radius: calc(var(--radius) / 2);
    cursor: crosshair;
    touch-action: pan-y pinch-zoom;
  }

  .pixel,
  .note {
    margin: 8px 0 0;
    color: var(--muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .note {
    min-height: 1.5em;
    margin: 0;
    overflow-wrap: anywhere;
  }

  .views {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-end: 12px;
  }

  .view {
    min-height: 36px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: calc(var(--radius) / 2);
    background: none;
    color: var(--muted);
    font-size: 0.875em;
    cursor: pointer;
  }

  .view:hover {
    color: var(--text);
  }

  .view[aria-selected='true'] {
    border-color: var(--accent);
    color: var(--text);
    font-weight: 600;
  }

  .steps {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .step {
    min-width: 0;
  }

  .caption {
    display: block;
    margin-block-start: 6px;
    color: var(--muted);
    font-size: 0.8125em;
    line-height: 1.3;
    overflow-wrap: break-word;
  }

  .saliency {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    align-items: start;
    gap: 16px;
  }

  .legend p,
  .legend ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .legend ul {
    display: grid;
    gap: 4px;
    margin-block-start: 10px;
    color: var(--muted);
    font-size: 0.875em;
  }

  .legend li::before {
    content: '';
    display: inline-block;
    width: 0.75em;
    height: 0.75em;
    margin-inline-end: 0.5em;
    border: 1px solid var(--line);
    border-radius: 2px;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }

  .legend .for::before {
    background: rgb(255 140 0);
  }

  .legend .against::before {
    background: rgb(64 150 255);
  }

  .layer {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(36px, 1fr));
    gap: 4px;
  }

  .layer .picture {
    border-radius: 2px;
  }

  @container (max-width: 279px) {
    .steps {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .saliency {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @container (max-width: 139px) {
    .steps {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @media (pointer: coarse) {
    .view {
      min-height: 44px;
    }
  }

  @media (forced-colors: active) {
    .view[aria-selected='true'] {
      border-color: Highlight;
    }
  }

  @media print {
    .views,
    .pixel {
      display: none;
    }
  }
`;
