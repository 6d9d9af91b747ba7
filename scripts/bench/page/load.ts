/** A way to run the network: `count` pictures of 784 values in, ten logits for each out. */
export type Run = (images: Float32Array, count: number) => Promise<Float32Array>;

/** @param path relative to the page */
export async function load(path: string): Promise<ArrayBuffer> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response.arrayBuffer();
}

/** MNIST's test images, 0..1. */
export const loadImages = async () =>
  Float32Array.from(new Uint8Array(await load('images.bin')), (value) => value / 255);

/** The model that is measured, by the page's address. */
export const modelName = new URLSearchParams(location.search).get('model') ?? 'compact';
