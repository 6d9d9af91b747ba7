/** The static text of the model card: data sources and definitions. */
import { padShares } from '../redrawings.js';
import { fewSamples } from './charts.js';

const whole = (share: number) => `${Math.round(share * 100)} %`;

export const introduction =
  'Two networks that read one handwritten digit from a 28x28 picture. Both take `image`, float32 `[n, 1, 28, 28]`, ' +
  '0 (paper) to 1 (ink), and return `logits`, float32 `[n, 10]`, and `features`, the input of their last layer. Divided by ' +
  'the model’s temperature (see the table) and put through a softmax, the logits become calibrated probabilities.';

export const purposes: Readonly<Record<string, string>> = {
  compact: 'the default: designed here to read digits well, yet small and fast',
  reference: 'exactly the architecture of the demo that this package replaces',
};

export const weightTypes: Readonly<Record<string, string>> = {
  float32: 'float32',
  float16: 'fp16',
  int8: 'int8 with a scale per output channel',
};

/** Names of data sets in prose; others are called by their file's name. */
export const dataSets: Readonly<Record<string, string>> = {
  'MNIST test': 'MNIST, test part',
  'finger-digits-dev': 'drawn by finger on a phone, 4 people (`finger-digits-dev`)',
  'handdrawn-digits-dev': 'drawn once each by 55 people (`handdrawn-digits-dev`)',
  'finger-nondigit-dev': 'drawn by finger on a phone, 61 kinds of non-digits (`finger-nondigit-dev`)',
  'crohme-digits-dev': 'written in formulas by 456 people with pen and mouse (`crohme-digits-dev`)',
  'crohme-numbers-dev': 'whole numbers in formulas by 178 people (`crohme-numbers-dev`)',
  'pictures-dev, digits':
    'pictures of one digit that people made to try their own digit readers, whose kinds of failure were known when the rules were made (`pictures-dev`)',
  'pictures-dev, numbers': 'pictures of whole numbers, from the same people (`pictures-dev`)',
  'semeion-dev': 'scanned digits, cropped and stretched to 16x16, 80 people (`semeion-dev`)',
  'mnist-test': 'MNIST, test part',
  'mnist-validation': 'MNIST, held out from its training part',
  'mnist-validation-normalized': 'the same through `src/imaging`',
  'pen-writers': 'pen-digits, writers held out',
  'unipen-writers': 'UNIPEN, writers held out',
  'unipen-donor': 'UNIPEN, a donor held out',
  'mnist-test-normalized': 'MNIST, test part, through `src/imaging`',
  'unipen-measured-donor': 'UNIPEN, another donor held out, not used for any choice',
  'letters-writers': 'UNIPEN, letters and symbols of writers held out',
  'letters-donor': 'UNIPEN, letters and symbols of a donor held out',
  'letters-measured-donor': 'UNIPEN, letters and symbols of the donor not used for any choice',
  'alphabets-validation': 'Omniglot, alphabets held out',
  'drawings-validation': 'scribbles, shapes and pieces of digits, generated',
};

export const data = `| data | use | license |
|---|---|---|
| [MNIST](https://doi.org/10.1109/5.726791) (LeCun, Cortes, Burges), its 60,000 training images | training, except those held out for validation and temperature | CC BY-SA 3.0 |
| [Pen-Based Recognition of Handwritten Digits](https://archive.ics.uci.edu/dataset/81/pen+based+recognition+of+handwritten+digits) (Alpaydin, Alimoglu; UCI), the 30 writers of its training part, as strokes | training, except the writers held out for validation and temperature | CC BY 4.0 |
| UNIPEN Train-R01/V07 (Guyon, Schomaker, Plamondon, Liberman, Janet; [ICPR 1994](https://doi.org/10.1109/ICPR.1994.576870)), its digits (category 1a), written on many tablets in several countries | training, except the writers and the donor held out for validation, temperature and least energy, and another donor held out for measuring | its conditions of use: recognizers may be trained; coordinates must not be passed on, nor donors or writers named |
| its isolated letters and symbols (categories 1b, 1c and 1d), except those that look like digits | training, as non-digits, except the same writers and donors | the same |
| characters of the 8 alphabets in the small sets of [Omniglot](https://github.com/brendenlake/omniglot) (Lake, Salakhutdinov, Tenenbaum), except those that look like digits | training, as non-digits, except the alphabets held out for validation | MIT |
| scribbles, lines, dots, shapes, doubled digits and pieces of digits, generated | training, as non-digits | part of this package, MIT |
| generated digits in writing styles that are rare in MNIST | training | part of this package, MIT |
| MNIST’s 10,000 test images | measuring only | CC BY-SA 3.0 |
| digits and non-digits drawn by finger ([lucmos/dynamic-sketch-recognizer](https://github.com/lucmos/dynamic-sketch-recognizer)); digits drawn once each by 55 people ([Chars74K](http://www.ee.surrey.ac.uk/CVSSP/demos/chars74k/), stroke version); digits and whole numbers from handwritten formulas ([CROHME](https://www.cs.rit.edu/~crohme2019/)); scanned digits ([Semeion](https://archive.ics.uci.edu/dataset/178/semeion+handwritten+digit), CC BY 4.0); pictures of digits and numbers in public repositories | measuring only; neither in this repository nor in the package | their own |

Strokes were augmented as strokes and rendered by the package’s own \`src/imaging\`, so the networks were trained on what they see in the product. They also learned by distillation: besides the labels, \`compact\` learned from its predecessor’s answers, and \`reference\` from those of \`compact\`. All of it, with the plans and seeds, is in [\`training\`](training/README.md): one command reproduces it.`;

export const learned =
  'Each writer’s digits in order, through `recognize(strokes, { profile })` with a new `WriterProfile` for each writer, who ' +
  'corrects every wrong answer and refusal, from which the profile learns. Below, the share of right answers by the number ' +
  'of corrections that a writer has made before, with 95 % intervals.';

export const expansion =
  'The weights are expanded to float32 by nodes that ONNX Runtime folds when it loads the model, so they cost no time later.';

export const rejection =
  'A picture whose energy score (the logarithm of the sum of the logits’ exponentials; [Liu et al. 2020](https://arxiv.org/abs/2010.03759)) ' +
  'is below `leastEnergy` in the catalog is answered with “not a digit”. Training sets this threshold by digits alone, ' +
  'those of held-out writers and a held-out donor. Letters, symbols and drawings of non-digits sharpen the score in training ' +
  '(outlier exposure, [Hendrycks et al. 2019](https://arxiv.org/abs/1812.04606)).';

export const calibration =
  'Bars: the share of digits read right, by the confidence in the best guess, in 15 bins; orange: the mean confidence ' +
  'in each. With perfect calibration, both would have the same height everywhere. ' +
  `Pale bars stand for fewer than ${fewSamples} digits. ` +
  'Below: the number of digits in each bin, on a logarithmic scale. The calibration error is the gap between the two, ' +
  'weighted by these counts ([Guo et al. 2017](https://arxiv.org/abs/1706.04599)).';

export const redrawn =
  'Each digit is redrawn on the pad by a pointer, scaled, rotated, moved, or faster (so that fewer points ' +
  'of its line are reported); strokes have no width of their own, so to vary it they are painted on a canvas ' +
  `and read as pictures. Unless their size varies, drawings fill ${whole(padShares.usual)} of the pad, ` +
  `rotated ones ${whole(padShares.turned)}, moved ones ${whole(padShares.moved)}. ` +
  'The points are evenly spaced at any speed; hands slow down in bends, so that real lines lose less.';

export const distorted =
  'MNIST test images, enlarged on a larger sheet, distorted there and read through `recognize(ImageData)`, ' +
  'like a photograph or a scan from a page.';

export const learning =
  'The held-out data, after each epoch. The loss jumps when a round starts that gives more weight to refusing non-digits.';

export const limits = [
  'One digit per picture, centered and scaled as by `src/imaging`. A digit rotated further than the tables show is another picture: a 6 upside down is a 9.',
  'The writers are few: Americans of the 1980s and 90s (MNIST), students in Turkey with a tablet (pen-digits), and some hundred people from several countries with tablets of the 1990s (UNIPEN). Writing styles of neither them nor the templates, such as Arabic-Indic digits, are misread.',
  'Calibrated on the validation sets; on other ink, confidence is off by about as much as the diagrams show.',
];
