/** Code that must, or must not, pass the type checker of a React project. Never run. */
import { DigitPad, DigitRecognizer } from '../../src/react.js';

export const wrapped = (
  <DigitRecognizer
    model="reference"
    backend="wasm"
    top={5}
    readOnly
    required
    className="wide"
    ref={(element) => element?.clear()}
    onChange={(event) => console.log(event.currentTarget.value)}
    onDigitRecognition={(event) => console.log(event.recognition?.digit)}
    onDigitCorrection={({ digit, predicted }) => console.log(digit, predicted)}
    onDigitError={({ error }) => console.log(error.message)}
  >
    <DigitPad
      strokes={[{ points: [{ x: 1, y: 2 }] }]}
      onDigitInk={({ strokes }) => console.log(strokes.length)}
      onDigitTyped={(event) => event.preventDefault()}
    />
  </DigitRecognizer>
);

export const plain = (
  <digit-recognizer name="digit" ondigit-recognition={({ recognition }) => console.log(recognition?.confidence)}>
    <digit-predictions top={10} />
    <digit-preview image={null} />
  </digit-recognizer>
);

/** Optional properties of an application's own component. */
export const passedOn = ({ label, top, learn }: { label?: string; top?: number; learn?: string }) => (
  <DigitRecognizer label={label} learn={learn} top={top} />
);

// @ts-expect-error there is no such backend
export const wrongBackend = <DigitRecognizer backend="gpu" />;

export const controlled = <DigitRecognizer value="7" defaultValue="1" alwaysAnswer learn />;

// @ts-expect-error answers are read-only
export const wrongRecognition = <DigitRecognizer recognition={null} />;

// @ts-expect-error methods are not properties
export const wrongMethod = <digit-pad undo={() => {}} />;
