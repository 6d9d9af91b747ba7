import { DigitPad, DigitPredictions, DigitPreview, DigitRecognizer } from 'digit-recognizer/react';

export const components = (
  <DigitRecognizer name="digit" required onDigitError={({ error }) => console.log(error.message)}>
    <DigitPad onDigitInk={({ strokes }) => console.log(strokes.length)} />
    <DigitPreview />
    <DigitPredictions top={10} />
  </DigitRecognizer>
);

export const tag = <digit-recognizer model="reference" ondigit-recognition={({ recognition }) => recognition?.digit} />;

// @ts-expect-error methods are no properties
export const wrong = <DigitPad undo={() => {}} />;
