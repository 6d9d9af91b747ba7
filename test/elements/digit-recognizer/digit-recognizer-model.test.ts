import { expect, html, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import '../../../src/define.js';
import { recognize, type DigitPad, type DigitRecognizer } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';

const keys = [' ', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'Escape', 'Backspace', '3', '8', 'z', 'y'];

type Command =
  | { readonly press: string }
  | {
      readonly do:
        | 'clear'
        | 'reset'
        | 'undo'
        | 'redo'
        | 'move'
        | 'disable'
        | 'enable'
        | 'swap model'
        | 'misspell'
        | 'set'
        | 'unset'
        | 'wait';
    };

const commands = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...keys).map((press): Command => ({ press })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          ...(['clear', 'reset', 'undo', 'redo', 'move', 'disable', 'enable'] as const),
          ...(['swap model', 'misspell', 'set', 'unset', 'wait'] as const),
        )
        .map((name): Command => ({ do: name })),
    },
  ),
  { maxLength: 30 },
);

interface Moment {
  readonly strokes: DigitRecognizer['strokes'];
  /** Whether the page has set the value. */
  readonly said: boolean;
}

describe('<digit-recognizer> under any sequence of actions', () => {
  let form: HTMLFormElement;
  let element: DigitRecognizer;

  const pad = (): DigitPad => element.shadowRoot!.querySelector('digit-pad')!;

  /** The form gets the user's or the page's value, or the answer for the ink on the pad. */
  const check = (): void => {
    const sent = new FormData(form).get('digit');
    if (element.disabled) expect(sent).to.be.null;
    else expect(sent === '' || sent === element.value, `the form gets ${JSON.stringify(sent)}`).to.be.true;
    if (element.strokes.length === 0 && !element.correction && !said) expect(element.value).to.equal('');
    if (element.willValidate) expect(element.validity.valid).to.equal(sent !== '' && sent !== null);
  };
  let said = false;

  const run = async (command: Command): Promise<void> => {
    if ('press' in command) {
      const { press: key } = command;
      const init = { key, ctrlKey: key === 'z' || key === 'y', bubbles: true, composed: true, cancelable: true };
      pad().shadowRoot!.querySelector('[part~=surface]')!.dispatchEvent(new KeyboardEvent('keydown', init));
      return;
    }
    switch (command.do) {
      case 'clear':
      case 'undo':
      case 'redo':
        return element[command.do]();
      case 'reset':
        return form.reset();
      case 'move':
        return form.append(element);
      case 'disable':
      case 'enable':
        element.disabled = command.do === 'disable';
        return;
      case 'swap model':
        element.model = element.model === 'compact' ? 'reference' : 'compact';
        return;
      case 'misspell':
        element.model = 'compct';
        return;
      case 'set':
        element.value = '4';
        return;
      case 'unset':
        element.value = '';
        return;
      case 'wait':
        await element.recognitionComplete.catch(() => {});
    }
  };

  it('submits nothing but the content of its pad', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        form = await fixture(
          html`<form><digit-recognizer name="digit" required backend="wasm"></digit-recognizer></form>`,
        );
        element = form.querySelector('digit-recognizer')!;
        await element.updateComplete;
        await pad().updateComplete;
        said = false;
        /** What was there before the stroke under the pen. */
        let start: Moment | null = null;
        for (const command of sequence) {
          const before: Moment = { strokes: element.strokes, said };
          const isDrawing = pad().matches(':state(drawing)');
          await run(command);
          if ('do' in command && ['clear', 'reset'].includes(command.do)) said = false;
          if (element.strokes !== before.strokes) {
            // A user who takes back the stroke under the pen gets the value from before it.
            const isTakenBack = isDrawing && 'press' in command && element.strokes === start?.strokes;
            said = isTakenBack && start!.said;
            if (!isDrawing) start = before;
          }
          if ('do' in command && command.do === 'set') said = true;
          if ('do' in command && ['set', 'unset'].includes(command.do)) start = null;
          check();
          await element.updateComplete;
          await pad().updateComplete;
          check();
        }
        element.disabled = false;
        if (element.model === 'compct') element.model = 'compact';
        await element.updateComplete;
        await pad().updateComplete;
        await run({ press: 'Escape' });
        await element.recognitionComplete;
        await waitUntil(() => !pad().matches(':state(drawing)'), 'the pen is up');
        check();
        if (!said && !element.correction && element.value !== '4' && element.strokes.length > 0) {
          const { digit } = await recognize(element.strokes, { model: element.model, backend: 'wasm' });
          expect(element.value).to.equal(String(digit ?? ''));
        }
        form.remove();
      }),
      { numRuns: 60, examples: [[[{ do: 'set' }, { press: ' ' }, { press: 'z' }]]] },
    );
  });
});
