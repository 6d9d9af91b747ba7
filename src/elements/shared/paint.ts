import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import type { PixelSource } from '../../imaging/index.js';

class PaintDirective extends Directive {
  #painted: PixelSource | null = null;

  override render(_picture: PixelSource | null): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [picture]: [PixelSource | null]): typeof noChange {
    if (picture === this.#painted) return noChange;
    this.#painted = picture;
    const canvas = element as HTMLCanvasElement;
    if (!picture) {
      canvas.getContext('2d')?.fillRect(0, 0, canvas.width, canvas.height);
      return noChange;
    }
    // Setting a canvas's size clears it, even if it is the same.
    if (canvas.width !== picture.width) canvas.width = picture.width;
    if (canvas.height !== picture.height) canvas.height = picture.height;
    const context = canvas.getContext('2d');
    // DOMs for unit tests have no canvas context.
    if (!context) return noChange;
    const pixels = context.createImageData(picture.width, picture.height);
    pixels.data.set(picture.data);
    context.putImageData(pixels, 0, 0);
    return noChange;
  }
}

/**
 * Paints a picture on a `<canvas>`, pixel by pixel; null turns a painted one black. The same picture is painted once.
 */
export const paint = directive(PaintDirective);
