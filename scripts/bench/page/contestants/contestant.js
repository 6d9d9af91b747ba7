/**
 * A way to run the network: `count` pictures of 784 values in, as many times ten logits out.
 * @typedef {(images: Float32Array, count: number) => Promise<Float32Array>} Run
 */

/** @param {string} path from the page @returns {Promise<ArrayBuffer>} */
export async function load(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response.arrayBuffer();
}
