/** The unit tests of a page that has the tags: it is mounted, used and taken away, in a DOM that draws nothing. */
import 'digit-recognizer/define';
import { afterEach, expect, test, vi } from 'vitest';

const strokes = [{ points: [40, 90, 140, 200].map((y) => ({ x: 140, y })) }];

// The network's files are not there, which is none of the page's business here.
vi.spyOn(console, 'error').mockImplementation(() => {});

afterEach(() => document.body.replaceChildren());

async function mount(markup) {
  document.body.innerHTML = markup;
  for (const element of document.querySelectorAll('*')) await element.updateComplete;
  return document.body.firstElementChild;
}

test('all tags are mounted and rendered', async () => {
  await mount(
    '<form><label>Age <digit-recognizer name="age" required pictures multiple loading="lazy"></digit-recognizer></label></form>' +
      '<digit-pad></digit-pad><digit-preview controls inspect></digit-preview><digit-predictions></digit-predictions>',
  );
  for (const tag of ['digit-recognizer', 'digit-pad', 'digit-preview', 'digit-predictions']) {
    expect(document.querySelector(tag).shadowRoot.childElementCount, tag).toBeGreaterThan(0);
  }
  expect(document.querySelector('digit-recognizer').shadowRoot.querySelector('digit-pad')).not.toBeNull();
});

test('ink is kept, undone and cleared', async () => {
  const pad = await mount('<digit-pad></digit-pad>');
  const changes = [];
  pad.addEventListener('digit-ink', ({ strokes: drawn }) => changes.push(drawn.length));
  pad.strokes = strokes;
  await pad.updateComplete;
  expect(pad.strokes).toEqual(strokes);
  pad.undo();
  pad.redo();
  pad.clear({ history: true });
  expect(pad.canUndo).toBe(false);
  expect(changes).toEqual([1, 0, 1, 0]);
  await pad.replay();
});

test('a recognizer has validity, states and a form, is moved and taken away', async () => {
  const form = await mount('<form><digit-recognizer name="digit" required></digit-recognizer></form>');
  const recognizer = form.querySelector('digit-recognizer');
  expect(recognizer.checkValidity()).toBe(false);
  expect(recognizer.validity.valueMissing).toBe(true);
  expect(recognizer.validationMessage).toBe('Please draw a digit.');
  expect(recognizer.form).toBe(form);
  recognizer.required = false;
  await recognizer.updateComplete;
  expect(recognizer.checkValidity()).toBe(true);
  recognizer.setCustomValidity('Not today.');
  expect(recognizer.reportValidity()).toBe(false);
  const input = Object.assign(document.createElement('input'), { required: true });
  form.append(input);
  form.addEventListener('submit', (event) => event.preventDefault());
  expect(input.checkValidity()).toBe(false);
  form.requestSubmit();
  input.remove();
  recognizer.strokes = strokes;
  await recognizer.updateComplete;
  for (const state of ['disabled', 'readOnly', 'multiple', 'correctable']) {
    recognizer[state] = true;
    await recognizer.updateComplete;
  }
  document.body.append(recognizer);
  await recognizer.updateComplete;
  recognizer.clear();
  recognizer.remove();
  expect(recognizer.value).toBe('');
});
