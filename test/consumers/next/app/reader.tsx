'use client';

import { DigitRecognizer } from 'digit-recognizer/react';
import { useRef, useState, type ComponentRef } from 'react';

export function Reader() {
  const recognizer = useRef<ComponentRef<typeof DigitRecognizer>>(null);
  const [value, setValue] = useState('');

  return (
    <>
      <DigitRecognizer
        ref={recognizer}
        name="digit"
        alwaysAnswer
        onDigitRecognition={({ recognition }) => {
          if (recognizer.current?.alwaysAnswer) setValue(recognition?.digit?.toString() ?? '');
        }}
      />
      <output id="answer">{value}</output>
    </>
  );
}
