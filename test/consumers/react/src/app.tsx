import type { RecognitionEvent } from 'digit-recognizer';
import { DigitRecognizer } from 'digit-recognizer/react';
import { useRef, useState, type ComponentRef } from 'react';

export function App() {
  const recognizer = useRef<ComponentRef<typeof DigitRecognizer>>(null);
  const [value, setValue] = useState('');
  const [confidence, setConfidence] = useState(0);

  const showConfidence = ({ recognition }: RecognitionEvent) => setConfidence(recognition?.confidence ?? 0);

  return (
    <main>
      <DigitRecognizer
        ref={recognizer}
        name="digit"
        top={5}
        onChange={() => setValue(recognizer.current?.value ?? '')}
        onDigitRecognition={showConfidence}
      />
      <output id="answer">{value}</output>
      <progress value={confidence} />
    </main>
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
