/** What others have published about MNIST's test part, as the sources give it. */
export interface Published {
  readonly name: string;
  /** null where the source gives none. */
  readonly parameters: number | null;
  /** In percent. */
  readonly accuracy: number;
  /** In Markdown. */
  readonly source: string;
}

/** The demo that this package replaces; its architecture is that of `reference`. */
export const demoAccuracy = 90.93;

export const published: readonly Published[] = [
  {
    name: 'Keras, “Simple MNIST convnet”',
    parameters: 34_826,
    accuracy: 99.22,
    source: '[Chollet 2015](https://keras.io/examples/vision/mnist_convnet/), as printed there for one run',
  },
  {
    name: 'LeNet-5',
    parameters: 60_000,
    accuracy: 99.05,
    source: '[LeCun et al. 1998](https://doi.org/10.1109/5.726791), trained without distortions',
  },
  {
    name: 'LeNet-5, distortions',
    parameters: 60_000,
    accuracy: 99.2,
    source: '[LeCun et al. 1998](https://doi.org/10.1109/5.726791), trained with distortions',
  },
  {
    name: 'SimpleNet, slim',
    parameters: 310_000,
    accuracy: 99.72,
    source:
      '[Hasanpour et al. 2016](https://arxiv.org/abs/1608.06037), [results](https://github.com/Coderx7/SimpleNet)',
  },
  {
    name: 'SimpleNet',
    parameters: 5_480_000,
    accuracy: 99.75,
    source:
      '[Hasanpour et al. 2016](https://arxiv.org/abs/1608.06037), [results](https://github.com/Coderx7/SimpleNet)',
  },
  {
    name: 'committee of CNNs (MCDNN)',
    parameters: null,
    accuracy: 99.77,
    source: '[Cireşan et al. 2012](https://arxiv.org/abs/1202.2745)',
  },
  {
    name: 'ensemble of ensembles of CNNs',
    parameters: null,
    accuracy: 99.91,
    source: '[An et al. 2020](https://arxiv.org/abs/2008.10400), the best of those tried',
  },
];
