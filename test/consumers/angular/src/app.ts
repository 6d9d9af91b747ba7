import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { RecognitionEvent } from 'digit-recognizer';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <digit-recognizer #field name="digit" (change)="digit.set(field.value)" (digit-recognition)="log($event)" />
    <output id="answer">{{ digit() }}</output>
  `,
})
export class App {
  protected readonly digit = signal('');

  protected log({ recognition }: RecognitionEvent): void {
    console.log(recognition?.confidence);
  }
}
