import 'digit-recognizer/define';
import 'digit-recognizer/define/digit-pad';
import 'digit-recognizer/define/digit-predictions';
import 'digit-recognizer/define/digit-preview';
import 'digit-recognizer/define/digit-recognizer';
import 'digit-recognizer/onnxruntime';
import {
  InferenceError,
  type DigitPad,
  type DigitPredictions,
  type DigitPreview,
  type DigitRecognizer,
} from 'digit-recognizer';

const recognizer: DigitRecognizer = document.createElement('digit-recognizer');
export const pad: DigitPad | null = document.querySelector('digit-pad');
export const preview: DigitPreview = document.createElement('digit-preview');
export const predictions: DigitPredictions = document.createElement('digit-predictions');

recognizer.backend = 'wasm';
recognizer.top = 5;
recognizer.value = '7';
recognizer.addEventListener('digit-recognition', ({ recognition }) => {
  const digit: number | null | undefined = recognition?.digit;
  console.log(digit);
});
recognizer.addEventListener('digit-error', ({ error }) => {
  console.log(error.message, error instanceof InferenceError && error.code === 'checksum');
});
recognizer.addEventListener('digit-status', ({ status }) => console.log(status === 'ready'));
pad?.addEventListener('digit-ink', ({ strokes }) => console.log(strokes[0]?.points[0]?.x));

// @ts-expect-error there is no such backend
recognizer.backend = 'gpu';
// @ts-expect-error a value is text
recognizer.value = 7;
// @ts-expect-error an answer has no letter
recognizer.addEventListener('digit-recognition', ({ recognition }) => recognition?.letter);
