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
    // Setting a canvas's size wipes it, even when the size is the same.
    if (canvas.width !== picture.width) canvas.width = picture.width;
    if (canvas.height !== picture.height) canvas.height = picture.height;
    const context = canvas.getContext('2d');
    // A DOM for tests draws nothing.
    if (!context) return noChange;
    const pixels = context.createImageData(picture.width, picture.height);
    pixels.data.set(picture.data);
    context.putImageData(pixels, 0, 0);
    return noChange;
  }
}

/** Gives a `<canvas>` a picture, pixel by pixel; null makes one that had one black. The same picture is painted once. */
export const paint = directive(PaintDirective);
