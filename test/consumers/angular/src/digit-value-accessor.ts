import { Directive, ElementRef, forwardRef, inject } from '@angular/core';
import { NG_VALUE_ACCESSOR, type ControlValueAccessor } from '@angular/forms';
import type { DigitRecognizer } from 'digit-recognizer';

@Directive({
  selector: 'digit-recognizer[formControlName], digit-recognizer[formControl], digit-recognizer[ngModel]',
  host: { '(input)': 'change(element.value)', '(focusout)': 'touched()' },
  providers: [{ provide: NG_VALUE_ACCESSOR, useExisting: forwardRef(() => DigitValueAccessor), multi: true }],
})
export class DigitValueAccessor implements ControlValueAccessor {
  protected readonly element = inject<ElementRef<DigitRecognizer>>(ElementRef).nativeElement;
  protected change: (value: string) => void = () => {};
  protected touched: () => void = () => {};

  writeValue(value: string | null): void {
    if (value) this.element.value = value;
    else this.element.clear();
  }

  registerOnChange(change: (value: string) => void): void {
    this.change = change;
  }

  registerOnTouched(touched: () => void): void {
    this.touched = touched;
  }

  setDisabledState(disabled: boolean): void {
    this.element.disabled = disabled;
  }
}
