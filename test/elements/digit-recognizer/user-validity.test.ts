import { expect, html, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitRecognizer } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { isWebKitGtk, pressKeys, skipTest } from '../../support/page.js';

type Field = DigitRecognizer | HTMLInputElement;

/** Actions on a field and its form. Each ends as soon as the native field matches `:user-invalid`. */
const ways: Readonly<Record<string, (form: HTMLFormElement, field: Field) => void | Promise<void>>> = {
  'nothing has happened': () => {},
  'its form was checked': (form) => void form.checkValidity(),
  'it was checked': (_form, field) => void field.checkValidity(),
  'it reported its validity': (_form, field) => void field.reportValidity(),
  'a script requested a submit': (form) => form.requestSubmit(),
  'a button was clicked': (form) => form.querySelector('button')!.click(),
  'a button was clicked, and a script checked the form instead': (form) => {
    form.addEventListener(
      'click',
      (event) => {
        event.preventDefault();
        form.checkValidity();
      },
      { once: true },
    );
    form.querySelector('button')!.click();
  },
  'the form was submitted without validation': (form) => {
    form.noValidate = true;
    form.requestSubmit();
    form.noValidate = false;
  },
  'a valid form was submitted, and it was then cleared': (form, field) => {
    for (const each of form.elements) if ('value' in each) each.value = '7';
    form.requestSubmit();
    field.value = '';
  },
  'a script requested a submit, and reset it': (form) => {
    form.requestSubmit();
    form.reset();
  },
  'it had the focus': (form, field) => {
    field.focus();
    form.querySelector('button')!.focus();
  },
  'a script set it, and then cleared it': (form, field) => {
    field.value = '7';
    form.querySelector('button')!.focus();
    field.value = '';
  },
  'its user has typed and erased': async (form, field) => {
    field.focus();
    await pressKeys('7');
    await pressKeys('Backspace');
    form.checkValidity();
  },
  'its user has typed, erased, and moved on': async (form, field) => {
    field.focus();
    await pressKeys('7');
    await pressKeys('Backspace');
    form.querySelector('button')!.focus();
  },
  'its user has typed and moved on, and a script cleared it': async (form, field) => {
    field.focus();
    await pressKeys('7');
    form.querySelector('button')!.focus();
    field.value = '';
  },
  'its user has typed and moved on, and the form was reset': async (form, field) => {
    field.focus();
    await pressKeys('7');
    form.querySelector('button')!.focus();
    form.reset();
  },
  'its user has pressed Enter': async (_form, field) => {
    field.focus();
    await pressKeys('Enter');
  },
};

const isUserInvalid = (field: Field): boolean =>
  field.matches(field instanceof HTMLInputElement ? ':user-invalid' : ':state(user-invalid)');

describe('shows an invalid entry when a native field would', () => {
  let holder: HTMLElement;

  const formWith = async (...tags: string[]): Promise<HTMLFormElement> => {
    const fields = {
      input: '<input required>',
      recognizer: '<digit-recognizer backend="wasm" required></digit-recognizer>',
    };
    holder.innerHTML = `<form>${tags.map((tag) => fields[tag as keyof typeof fields]).join('')}<button>Send</button></form>`;
    const form = holder.querySelector('form')!;
    form.addEventListener('submit', (event) => event.preventDefault());
    await form.querySelector('digit-recognizer')?.updateComplete;
    await waitUntil(() => form.querySelector('digit-recognizer')?.status !== 'loading');
    return form;
  };

  beforeEach(async () => {
    holder = await fixture<HTMLElement>(html`<div></div>`);
  });

  for (const [what, act] of Object.entries(ways)) {
    it(`when ${what}`, async () => {
      if (isWebKitGtk) await skipTest('the bubble that names what is missing takes all further input');
      const plain = await formWith('input');
      const input = plain.querySelector('input')!;
      await act(plain, input);
      const expected = isUserInvalid(input);
      for (const others of [[], ['input']]) {
        const form = await formWith('recognizer', ...others);
        const element = form.querySelector('digit-recognizer')!;
        await act(form, element);
        expect(isUserInvalid(element), `in a form with ${1 + others.length} fields`).to.equal(expected);
      }
    });
  }

  it('except for events of the document itself', async () => {
    const form = await formWith('recognizer');
    const errors: string[] = [];
    const onError = (event: ErrorEvent): void => {
      event.preventDefault();
      errors.push(event.message);
    };
    const mocha = window.onerror;
    window.onerror = null;
    window.addEventListener('error', onError);
    for (const type of ['click', 'submit', 'invalid', 'focusin']) document.dispatchEvent(new Event(type));
    window.removeEventListener('error', onError);
    window.onerror = mocha;
    expect(errors).to.deep.equal([]);
    expect(isUserInvalid(form.querySelector('digit-recognizer')!)).to.be.false;
  });

  it('except when a form reports its validity, like a native field', async () => {
    if (isWebKitGtk) await skipTest('the bubble that names what is missing takes all further input');
    const form = await formWith('recognizer', 'input');
    form.reportValidity();
    expect([...form.querySelectorAll<Field>('input, digit-recognizer')].map(isUserInvalid)).to.deep.equal([
      false,
      false,
    ]);
  });
});
