import { DigitPad, DigitRecognizer, InferenceService, WriterProfile, type Strokes } from 'digit-recognizer';

/** A pad that counts how often it was cleared. */
export class CountingPad extends DigitPad {
  cleared = 0;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'limit'];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('limit', '3');
  }

  override clear(options?: { history?: boolean }): void {
    this.cleared += 1;
    super.clear(options);
  }

  override get strokes(): Strokes {
    return super.strokes;
  }

  override set strokes(strokes: Strokes) {
    super.strokes = strokes.slice(0, 3);
  }
}

/** A recognizer of years. */
export class YearRecognizer extends DigitRecognizer {
  constructor() {
    super();
    this.multiple = true;
  }

  get year(): number | null {
    return this.checkValidity() ? Number(this.value) : null;
  }

  override formResetCallback(): void {
    super.formResetCallback();
    this.correctable = false;
  }

  protected override updated(): void {
    super.updated();
    this.toggleAttribute('read', this.recognitions.length === 4);
  }
}

/** A service that can be told apart. */
export class NamedService extends InferenceService {
  constructor(readonly name: string) {
    super({ backend: 'wasm' });
  }
}

/** A profile with its writer's name. */
export class NamedProfile extends WriterProfile {
  name = '';
}

// @ts-expect-error what a service runs in is internal
export const service = new InferenceService({}, {});
export class CuriousPad extends DigitPad {
  look(): unknown {
    // @ts-expect-error its store is internal, even to subclasses
    return this.store;
  }
}
