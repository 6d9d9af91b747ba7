import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import type { RecognitionEvent } from 'digit-recognizer';
import { DigitValueAccessor } from './digit-value-accessor';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  imports: [DigitValueAccessor, ReactiveFormsModule],
  template: `
    <form [formGroup]="form">
      <digit-recognizer name="digit" formControlName="digit" (digit-recognition)="log($event)" />
      <output id="answer">{{ form.value.digit ?? digit.value }}</output>
      <button type="button" id="set" (click)="digit.setValue('4')">Set</button>
      <button type="button" id="empty" (click)="digit.setValue('')">Empty</button>
      <button type="button" id="busy" (click)="digit.enabled ? digit.disable() : digit.enable()">Busy</button>
      <button type="reset" id="reset">Reset</button>
    </form>
  `,
})
export class FormApp {
  protected readonly digit = new FormControl('', { nonNullable: true });
  protected readonly form = new FormGroup({ digit: this.digit });

  protected log({ recognition }: RecognitionEvent): void {
    console.log(recognition?.confidence);
  }
}
