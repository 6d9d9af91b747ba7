import { css } from 'lit';

export const previewStyles = css`
  :host {
    display: inline-block;
    width: var(--digit-preview-size, 112px);
    max-width: 100%;
    vertical-align: top;
  }

  .picture {
    display: block;
    width: 100%;
    aspect-ratio: 1;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) / 2);
    background: #000;
    /* One pixel of the network is one crisp square, however large it is shown. */
    image-rendering: pixelated;
    forced-color-adjust: none;
  }
`;
