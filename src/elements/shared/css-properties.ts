import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';

class CssPropertiesDirective extends Directive {
  override render(_properties: Readonly<Record<string, string>>): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [properties]: Parameters<this['render']>): typeof noChange {
    const { style } = element as Element & ElementCSSInlineStyle;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return noChange;
  }
}

/** Sets custom properties where a policy forbids style attributes: `<div ${cssProperties({ '--x': '1' })}>`. */
export const cssProperties = directive(CssPropertiesDirective);
