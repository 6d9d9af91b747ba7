import { css } from 'lit';

export const previewStyles = css`
  :host {
    display: inline-block;
    width: var(--digit-preview-size, 112px);
    max-width: 100%;
    vertical-align: top;
  }

  :host([controls]),
  :host([view='steps']),
  :host([view='saliency']),
  :host([view='layer']) {
    width: var(--digit-preview-wide-size, min(352px, var(--room)));
    container-type: inline-size;
  }

  .picture {
    display: block;
    width: 100%;
    aspect-ratio: 1;
    /* Outside the picture, so that its pixels are the same size if its width is a multiple of 28. */
    outline: 1px solid var(--line);
    border-radius: calc(var(--radius) / 2);
    background: #000;
    /* Each pixel is a crisp square at any size. */
    image-rendering: pixelated;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
`;
