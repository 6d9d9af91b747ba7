import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { RecognitionEvent, DigitRecognizer } from 'digit-recognizer';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <digit-recognizer
      #recognizer
      name="digit"
      [top]="5"
      (change)="read(recognizer)"
      (digit-recognition)="show($event)"
    ></digit-recognizer>
    <output id="answer">{{ value() }}</output>
    <output id="confidence">{{ confidence() }}</output>
  `,
})
export class App {
  protected readonly value = signal('');
  protected readonly confidence = signal(0);

  protected read(recognizer: DigitRecognizer): void {
    this.value.set(recognizer.value);
  }

  protected show({ recognition }: RecognitionEvent): void {
    this.confidence.set(recognition?.confidence ?? 0);
  }
}
