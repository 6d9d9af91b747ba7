import type { html, svg } from 'lit';
import type { paint } from '../shared/paint.js';

/**
 * Lit's template functions. An element passes its own: a second copy of Lit could not create its Trusted Types policy.
 */
export interface TemplateTools {
  readonly html: typeof html;
  readonly svg: typeof svg;
  readonly paint: typeof paint;
}
