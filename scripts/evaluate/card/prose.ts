/** The text of the model card that no measurement changes: where data come from, and what terms mean. */
import { padShares } from '../redrawings.js';
import { fewSamples } from './charts.js';

const whole = (share: number) => `${Math.round(share * 100)} %`;

export const introduction =
  'Two networks that read one handwritten digit from a 28x28 picture. Both take `image`, float32 `[n, 1, 28, 28]`, ' +
  '0 (paper) to 1 (ink), and give `logits`, float32 `[n, 10]`. Divided by the model’s temperature (in `catalog.json`) ' +
  'and put through a softmax, these are calibrated probabilities.';

export const purposes: Readonly<Record<string, string>> = {
  compact: 'the default: designed here to read digits well while small and fast',
  reference: 'the architecture of the demo that this package replaces, to the letter',
};

export const weightTypes: Readonly<Record<string, string>> = {
  float32: 'float32',
  float16: 'fp16',
  int8: 'int8 with a scale per output channel',
};

/** What data sets are called in prose; others go by their file's name. */
export const dataSets: Readonly<Record<string, string>> = {
  'MNIST test': 'MNIST, test part',
  'finger-digits-dev': 'drawn by finger on a phone, 4 people (`finger-digits-dev`)',
  'handdrawn-digits-dev': 'drawn once each by 55 people (`handdrawn-digits-dev`)',
  'finger-nondigit-dev': 'drawn by finger on a phone, 61 kinds of non-digits (`finger-nondigit-dev`)',
  'mnist-validation': 'MNIST, held out of its training part',
  'mnist-validation-normalized': 'the same through `src/imaging`',
  'strokes-validation': 'pen-digits, writers held out of its training part',
  'mnist-test-normalized': 'MNIST, test part, through `src/imaging`',
};

export const data = `| data | use | license |
|---|---|---|
| [MNIST](https://doi.org/10.1109/5.726791) (LeCun, Cortes, Burges), its 60,000 training images | training, but for those held out for validation and temperature | CC BY-SA 3.0 |
| [Pen-Based Recognition of Handwritten Digits](https://archive.ics.uci.edu/dataset/81/pen+based+recognition+of+handwritten+digits) (Alpaydin, Alimoglu; UCI), the 30 writers of its training part, as strokes | training, but for the writers held out for validation and temperature | CC BY 4.0 |
| characters of the 8 alphabets in the small sets of [Omniglot](https://github.com/brendenlake/omniglot) (Lake, Salakhutdinov, Tenenbaum), less those that look like digits | training, as non-digits, but for the alphabets held out for validation | MIT |
| scribbles, lines, dots, shapes, doubled digits and pieces of digits, drawn by program | training, as non-digits | part of this package, MIT |
| digits drawn by program in the ways of writing that MNIST hardly has | training | part of this package, MIT |
| MNIST’s 10,000 test images | measuring only | CC BY-SA 3.0 |
| digits and other things drawn by finger ([lucmos/dynamic-sketch-recognizer](https://github.com/lucmos/dynamic-sketch-recognizer)); digits drawn once each by 55 people ([Chars74K](http://www.ee.surrey.ac.uk/CVSSP/demos/chars74k/), stroke version) | measuring only; neither in this repository nor in the package | their own |

Strokes were varied as strokes and drawn by the package’s own \`src/imaging\`, so the networks learned from what they see in the product. Both learned from what larger networks answered as well as from the right digits. All of it, with the plans and seeds, is in [\`training\`](training/README.md): one command does it again.`;

export const expansion =
  'The weights are expanded to float32 by nodes that ONNX Runtime folds when it loads the model, so they cost no time later.';

export const rejection =
  'A picture whose energy score (the logarithm of the sum of the logits’ exponentials; [Liu et al. 2020](https://arxiv.org/abs/2010.03759)) ' +
  'is below `leastEnergy` in the catalog is answered with “not a digit”. The threshold was set so that 99.5 % of the ' +
  'validation digits pass. Drawings of non-digits can be used in training to sharpen this score (outlier exposure, ' +
  '[Hendrycks et al. 2019](https://arxiv.org/abs/1812.04606)).';

export const calibration =
  'Bars: the share of digits that are read right, by the confidence in the best guess, in 15 bins; orange: the mean ' +
  'confidence in each. Were confidence perfect, both would be at the same height everywhere. ' +
  `Pale bars stand for fewer than ${fewSamples} digits. ` +
  'Below: how many digits each bin has, on a logarithmic scale. The calibration error is the gap between the two, ' +
  'weighted by these counts ([Guo et al. 2017](https://arxiv.org/abs/1706.04599)).';

export const redrawn =
  'Each digit is drawn again on the pad by a pointer, larger or smaller, turned, moved, or faster (so that fewer points ' +
  'of its line are reported); strokes have no width until they are painted, so for that they are painted on a canvas ' +
  `and read as pictures. Unless it is their size that varies, drawings fill ${whole(padShares.usual)} of the pad, ` +
  `those that are turned ${whole(padShares.turned)}, those that are moved ${whole(padShares.moved)}. ` +
  'At any speed the points are evenly spaced; a hand slows down in bends, so that real lines lose less.';

export const distorted =
  'Test images of MNIST, enlarged on a larger sheet, distorted there and read through `recognize(ImageData)`, ' +
  'as a page would hand over a photograph or a scan.';

export const limits = [
  'One digit to a picture, centered and sized as `src/imaging` does it. A digit turned by more than the tables show is another picture: a 6 upside down is a 9.',
  'The writers are few: Americans of the 1980s and 90s (MNIST), students in Turkey with a tablet (pen-digits). Ways of writing that neither they nor the templates have, such as Arabic-Indic digits, are misread.',
  'Calibrated on the validation sets; on other ink the confidence is off by about what the diagrams show.',
];
