/** Runs the network: takes `count` pictures of 784 values, returns ten logits for each. */
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

/** The model to measure, by the page's URL. */
export const modelName = new URLSearchParams(location.search).get('model') ?? 'compact';
