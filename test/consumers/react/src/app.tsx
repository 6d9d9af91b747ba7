import type { RecognitionEvent } from 'digit-recognizer';
import { DigitRecognizer } from 'digit-recognizer/react';
import { useState } from 'react';

export function App() {
  const [digit, setDigit] = useState('');
  const [busy, setBusy] = useState(false);
  const [confidence, setConfidence] = useState(0);

  const showConfidence = ({ recognition }: RecognitionEvent) => setConfidence(recognition?.confidence ?? 0);

  return (
    <form onReset={() => setDigit('')}>
      <DigitRecognizer
        name="digit"
        top={5}
        value={digit}
        disabled={busy}
        onChange={(event) => setDigit(event.currentTarget.value)}
        onDigitRecognition={showConfidence}
      />
      <output id="answer">{digit}</output>
      <progress value={confidence} />
      <button type="button" id="set" onClick={() => setDigit('4')}>
        Set
      </button>
      <button type="button" id="empty" onClick={() => setDigit('')}>
        Empty
      </button>
      <button type="button" id="busy" onClick={() => setBusy(!busy)}>
        Busy
      </button>
      <button type="reset" id="reset">
        Reset
      </button>
    </form>
  );
}

/** The tag itself, as JSX knows it. */
export function Pad() {
  return <digit-pad ondigit-ink={({ strokes }) => console.log(strokes.length)} />;
}

// @ts-expect-error there is no such backend
export const wrongProperty = <DigitRecognizer backend="gpu" />;

// @ts-expect-error an error event has no recognition
export const wrongEvent = <digit-recognizer ondigit-error={({ recognition }) => console.log(recognition)} />;
