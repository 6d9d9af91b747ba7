import { css } from 'lit';

/**
 * The custom properties that all elements share, with their defaults for light and dark. A page sets them on an element
 * or any ancestor; `color-scheme` selects light or dark.
 */
export const themeStyles = css`
  :host {
    --ink: var(--digit-ink-color, light-dark(#14213d, #f3f5fb));
    --paper: var(--digit-paper-color, light-dark(#fff, #171b26));
    --text: var(--digit-text-color, light-dark(#1c2333, #e8ebf4));
    --muted: var(--digit-muted-color, light-dark(#5a6378, #a4adc4));
    --line: var(--digit-border-color, light-dark(#8a93a8, #69728a));
    --track: var(--digit-track-color, light-dark(#e4e8f1, #2a3040));
    --accent: var(--digit-accent-color, light-dark(#2f5bd8, #8fb0ff));
    --on-accent: var(--digit-on-accent-color, light-dark(#fff, #0d1424));
    --danger: var(--digit-danger-color, light-dark(#b3261e, #ffb4ab));
    --radius: var(--digit-radius, 12px);
    /* A fieldset, grid or table never gets narrower than a preferred width: it must not be wider than a phone. */
    --room: calc(100vw - 64px);
    box-sizing: border-box;
    color: var(--text);
    font: var(--digit-font, inherit);
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  button {
    font: inherit;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    :host {
      --ink: CanvasText;
      --paper: Canvas;
      --text: CanvasText;
      --muted: CanvasText;
      --line: CanvasText;
      --track: Canvas;
      --accent: Highlight;
      --on-accent: HighlightText;
      --danger: CanvasText;
    }
  }
`;
