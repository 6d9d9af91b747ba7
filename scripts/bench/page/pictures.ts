/** Times the normalization of pictures. */
import { normalizePixels } from '../../../src/imaging/normalize-pixels.js';
import { loadBlob } from '../../../src/sources/load-blob.js';

/** A photograph of a seven on paper, as a JPEG file: light that falls off, and a camera's noise. */
async function photograph(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const light = context.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, '#eee8dc');
  light.addColorStop(1, '#8a857c');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  const side = Math.min(width, height);
  context.lineWidth = side / 30;
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = '#223';
  context.translate(width / 2 - side / 4, height / 2 - side / 4);
  context.scale(side / 2, side / 2);
  context.lineWidth /= side / 2;
  context.stroke(new Path2D('M0.1 0.05H0.8L0.35 1M0.2 0.5H0.75'));
  context.resetTransform();
  const pixels = context.getImageData(0, 0, width, height);
  // Park and Miller's generator.
  for (let at = 0, state = 7; at < pixels.data.length; at += 4) {
    state = (state * 48271) % 2147483647;
    const noise = (state / 2147483647 - 0.5) * 12;
    for (let channel = 0; channel < 3; channel++) pixels.data[at + channel] += noise;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

/**
 * Times the normalization of a photograph, without the browser's decoding, which runs on another thread.
 * @returns milliseconds of script, each time
 */
export async function normalizePhotograph(width: number, height: number, times: number): Promise<number[]> {
  const pixels = await loadBlob(await photograph(width, height));
  const taken: number[] = [];
  // The first is not counted: code is compiled meanwhile.
  for (let time = -1; time < times; time++) {
    const start = performance.now();
    const { blank } = normalizePixels(pixels);
    if (blank) throw new Error('The seven was not found.');
    if (time >= 0) taken.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return taken;
}
