import type { html, svg } from 'lit';
import type { paint } from '../shared/paint.js';

/**
 * What makes templates. An element hands over its own: under Trusted Types, a second copy of Lit could not have the
 * policy that it needs.
 */
export interface TemplateTools {
  readonly html: typeof html;
  readonly svg: typeof svg;
  readonly paint: typeof paint;
}
