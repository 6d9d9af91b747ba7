import { svg, type SVGTemplateResult } from 'lit';

/** Paths on a 24x24 grid, with a stroke width of 2. */
export const undoIcon: SVGTemplateResult = svg`<path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3" />`;
export const redoIcon: SVGTemplateResult = svg`<path d="m16 5 4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3" />`;
export const clearIcon: SVGTemplateResult = svg`<path d="M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3" />`;
