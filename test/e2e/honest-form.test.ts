/**
 * Whatever a user and a page do to a recognizer, in any order and at any speed, the form submits the digits on the pad,
 * or an explicit correction or value, or nothing. The pad's content is read again for comparison, without any element.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/setup.js';
import { drawnArrow, drawnOne, drawnSeven, type Drawn } from '../support/drawings.js';
import { useBrowser, writePage } from './browser.js';

const { newPage, serve } = useBrowser();

const attributes = 'id="reader" name="digit" backend="wasm" correctable pictures';

/** By arrangement of the parts. */
const arrangements: Readonly<Record<string, string>> = {
  'default parts': `<digit-recognizer ${attributes}></digit-recognizer>`,
  'slotted parts': `<digit-recognizer ${attributes} multiple><p><digit-predictions></digit-predictions></p>
    <section><digit-pad></digit-pad></section></digit-recognizer>`,
  'only a pad': `<digit-recognizer ${attributes} learn><digit-pad></digit-pad></digit-recognizer>`,
  'a pad elsewhere': `<digit-recognizer ${attributes}><digit-predictions></digit-predictions></digit-recognizer>
    <digit-pad for="reader"></digit-pad>`,
};

const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><path d="M60 50h80L90 160" fill="none" stroke="#136" stroke-width="14"/></svg>',
);

/** Records, at each event and on request, whether the form would submit anything else. */
const observer = `
  import { recognize, recognizeAll, WriterProfile } from '/package/digit-recognizer.js';
  const element = document.querySelector('digit-recognizer');
  const pads = () => [...document.querySelectorAll('digit-pad'), element.shadowRoot.querySelector('digit-pad')];
  globalThis.problems = [];
  globalThis.checks = [];
  // The page's word for the whole value, the user's for single digits, and the ink that they apply to. Lifting the pen
  // is not drawing.
  const none = () => ({ whole: null, digits: [], ink: element.strokes });
  let said = none();
  // The same, before the stroke under the pen.
  let under = null;
  let isPenDown = false;
  for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
    document.addEventListener(type, () => {
      isPenDown = type === 'pointerdown';
      if (!isPenDown) under = null;
    }, true);
  }
  const sayOf = (value) => {
    said = { ...none(), whole: value || null };
  };
  globalThis.say = (value) => {
    sayOf(value);
    element.value = value;
    // Belongs to the remaining ink.
    sayOf(value);
  };
  // What the browser restores was submitted before.
  let away = 'was' in sessionStorage;
  globalThis.comeBack = () => {
    sayOf(sessionStorage.was);
    away = false;
  };
  const seven = () => new Blob([${JSON.stringify(svg.toString())}], { type: 'image/svg+xml' });
  const copyOf = (profile) => profile && WriterProfile.fromJSON(JSON.stringify(profile));
  // A model that never arrives reads nothing.
  const readingBy = (options, multiple) => async (strokes) => {
    if (options.model.startsWith('/stalled/')) return null;
    const all = multiple ? await recognizeAll(strokes, options) : [await recognize(strokes, options)];
    return all.map(({ digit }) => digit ?? '?').join('');
  };
  // Each digit was read from the current source, or given by the user; only the latter if nothing was read.
  const fits = (sent, base, { digits }) =>
    (base === null || sent.length === base.length) &&
    [...sent].every((digit, index) => digit === base?.[index] || digits.includes(digit));
  // Whether the user has replaced a digit of the page's by one that is not among them.
  const isCorrected = ({ whole, digits }) => digits.length > 0 && !digits.some((digit) => whole.includes(digit));
  const look = (when) => {
    if (away) return;
    const { form, value, strokes, correction, multiple, model, alwaysAnswer, profile } = element;
    if (strokes !== said.ink) {
      // Taking back the stroke under the pen gives back what was said before.
      const isTakenBack = strokes === under?.ink;
      if (isPenDown) under ??= said;
      said = isTakenBack ? under : none();
    }
    for (const each of document.forms) {
      const [sent, ...others] = new FormData(each).getAll('digit');
      const off = element.matches(':disabled') || form !== each;
      if ((sent === undefined) !== off) problems.push([when, 'is sent though it must not be, or not though it must', sent]);
      if (others.length > 0) problems.push([when, 'is sent more than once', sent, ...others]);
    }
    const sent = form && new FormData(form).get('digit');
    // Removed corrections must not return.
    if (sent === '' && strokes.length === 0) said = none();
    if (!sent) return;
    const { whole } = said;
    const picture = element.shadowRoot.querySelector('.picture') !== null;
    const facts = JSON.stringify({ when, sent, value, strokes: strokes.length, correction, said, picture, multiple });
    if (sent !== value) problems.push(['is not the value', facts]);
    if (correction && !multiple) {
      if (sent !== String(correction.digit)) problems.push(['is not what the user said', facts]);
    } else if (whole && fits(sent, whole, said) && !(sent === whole && isCorrected(said))) {
      return;
    } else if (strokes.length > 0) {
      const options = { model, backend: 'wasm', alwaysAnswer };
      // Newer lessons apply from the next reading on.
      const readings = [copyOf(profile), null].map((each) => readingBy({ ...options, profile: each }, multiple)(strokes));
      const then = { ...said };
      checks.push(
        Promise.all(readings).then((read) => {
          if (!read.some((each) => fits(sent, each, then)))
            problems.push(['is not what is drawn, which is ' + JSON.stringify(read), facts]);
        }),
      );
    } else if (picture) {
      // Lessons from an earlier picture apply from the next one on.
      const reading = readingBy({ model, backend: 'wasm', alwaysAnswer, profile: copyOf(profile) }, multiple)(seven());
      const then = { ...said };
      checks.push(
        reading.then((read) => {
          if (!['7', read].some((each) => fits(sent, each, then)))
            problems.push(['is not what is in the picture, which is ' + read, facts]);
        }),
      );
    } else if (!multiple || [...sent].some((digit) => !said.digits.includes(digit) && !whole?.includes(digit))) {
      problems.push(['is sent from an empty pad', facts]);
    }
  };
  globalThis.look = look;
  globalThis.lookAtLast = () => {
    look('the end');
    const { value, validity, multiple, strokes } = element;
    if (pads().some((pad) => pad?.matches(':state(drawing)'))) problems.push(['is drawing forever']);
    if (value.length === 1 && !validity.valid) problems.push(['is blocked forever', value, strokes.length]);
    for (const pad of pads()) {
      const shown = pad?.checkVisibility() && pad.shadowRoot.querySelectorAll('.stroke').length;
      if (typeof shown === 'number' && shown !== strokes.length) problems.push(['shows other ink', shown, strokes.length]);
    }
  };
  document.addEventListener('digit-ink', () => look('digit-ink'));
  // Those of the default parts do not leave it.
  element.shadowRoot.addEventListener('digit-ink', () => look('digit-ink'));
  document.addEventListener('reset', ({ target }) => {
    if (target === element.form) said = none();
  });
  element.addEventListener('digit-correction', ({ digit }) => {
    const kept = said.ink === element.strokes ? said : none();
    // Without the correction, what is drawn counts.
    if (digit === null && element.strokes.length > 0) said = { ...kept, whole: null };
    if (digit === null) return;
    said = { whole: kept.whole, digits: [...kept.digits, String(digit)], ink: element.strokes };
  });
  for (const type of ['input', 'change', 'digit-recognition', 'digit-correction', 'digit-status']) {
    document.addEventListener(type, () => look(type));
  }
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    look('submit');
    if (event.target !== element.form) return;
    if (!event.target.noValidate && element.willValidate && !element.validity.valid) problems.push(['sent, though not valid']);
  });
  globalThis.isReady = true;
`;

const controls = `<button id="send">Send</button><button type="reset" id="start-over">Reset</button>`;

/** Possible actions: by mouse and keys, or by the page's own scripts. */
const drawn: Readonly<Record<string, Drawn>> = { seven: drawnSeven, one: drawnOne, arrow: drawnArrow };
const keys = ['3', '8', 'Backspace', 'Escape', 'Control+z', 'Control+Shift+z', 'Enter', 'Space', 'ArrowDown'];
const tools = ['Clear', 'Undo', 'Redo'];
const scripts = {
  clear: 'element.clear()',
  'clear for good': 'element.clear({ history: true })',
  undo: 'element.undo()',
  redo: 'element.redo()',
  say: "say('4')",
  'say nothing': "say('')",
  'give strokes': 'element.strokes = [{ points: [40, 90, 140, 200, 240].map((y) => ({ x: 140, y })) }]',
  reset: 'form.reset()',
  disable: 'element.disabled = true',
  enable: 'element.disabled = false',
  'disable around': "document.querySelector('fieldset').disabled = true",
  'enable around': "document.querySelector('fieldset').disabled = false",
  'read only': 'element.readOnly = true',
  writable: 'element.readOnly = false',
  stall: "element.model = '/stalled/other.onnx'",
  'swap back': "element.model = 'compact'",
  'disable and enable': 'element.disabled = true; element.disabled = false',
  'take away and put back':
    'const { parentNode, nextSibling } = element; element.remove(); parentNode.insertBefore(element, nextSibling)',
  several: 'element.multiple = true',
  one: 'element.multiple = false',
  'always answer': 'element.alwaysAnswer = !element.alwaysAnswer',
  'learn or not': "element.learn = element.learn === null ? '' : null",
  'mirror the ink': 'element.strokes = element.strokes',
  send: 'form.requestSubmit()',
  'the other form': "document.querySelector('#other').append(element)",
  'the first form': "document.querySelector('fieldset').append(element)",
  'move at once': "document.querySelector('fieldset').moveBefore?.(element, null)",
  'reset the other form': "document.querySelector('#other').reset()",
  'copy and remove':
    'const copy = element.cloneNode(true); document.body.append(copy); copy.strokes = element.strokes; copy.remove()',
  'other parts': "if (element.children.length > 0) element.innerHTML = '<p><digit-pad></digit-pad></p>'",
  'strokes that change later':
    'const given = [{ points: [40, 90, 140, 200, 240].map((y) => ({ x: 140, y })) }]; element.strokes = given; given.push({ points: [{ x: 40, y: 40 }, { x: 240, y: 40 }, { x: 90, y: 240 }] }); element.strokes = given',
  'read a picture': 'element.recognize(picture).catch(() => {})',
  'read a picture, and clear': 'element.recognize(picture).catch(() => {}); element.clear()',
  'read a picture, and say': "element.recognize(picture).catch(() => {}); say('4')",
} as const;

type Step =
  | { readonly draw: string }
  | { readonly begin: true }
  | { readonly lift: true }
  | { readonly press: string }
  | { readonly click: string; readonly times: number }
  | { readonly run: keyof typeof scripts }
  | { readonly pick: number }
  | { readonly picture: true }
  | { readonly leave: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...Object.keys(drawn)).map((draw): Step => ({ draw })) },
  { weight: 1, arbitrary: fc.constant<Step>({ begin: true }) },
  { weight: 1, arbitrary: fc.constant<Step>({ lift: true }) },
  { weight: 3, arbitrary: fc.constantFrom(...keys).map((press): Step => ({ press })) },
  {
    weight: 3,
    arbitrary: fc.record({
      click: fc.constantFrom(...tools, '#start-over', '#send'),
      times: fc.constantFrom(1, 1, 2, 5),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(...(Object.keys(scripts) as (keyof typeof scripts)[])).map((run): Step => ({ run })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }).map((pick): Step => ({ pick })) },
  { weight: 1, arbitrary: fc.constant<Step>({ picture: true }) },
  { weight: 1, arbitrary: fc.constant<Step>({ leave: true }) },
);

/** Through a link and back, once everything has settled: the page comes back alive, or restored. */
async function leaveAndComeBack(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate(settled);
  assert.deepEqual(await page.evaluate('problems'), []);
  await page.evaluate("sessionStorage.was = document.querySelector('digit-recognizer').value");
  await page.goto(new URL('/other.html', page.url()).href);
  await page.goBack();
  await page.waitForFunction("globalThis.isReady && document.readyState === 'complete'");
  await page.evaluate(settled);
  await page.evaluate('comeBack()');
}

async function perform(page: Page, step: Step): Promise<void> {
  const pad = page.locator('digit-pad:visible').first();
  const box = (await pad.locator('.surface').boundingBox())!;
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  if ('draw' in step) {
    for (const [first, ...others] of drawn[step.draw]) {
      await page.mouse.move(...at(first[0], first[1]));
      await page.mouse.down();
      for (const [x, y] of others) await page.mouse.move(...at(x, y));
      await page.mouse.up();
    }
  } else if ('begin' in step) {
    await page.mouse.move(...at(0.3, 0.3));
    await page.mouse.down();
    await page.mouse.move(...at(0.6, 0.7), { steps: 3 });
  } else if ('lift' in step) {
    await page.mouse.up();
  } else if ('press' in step) {
    await page.evaluate("document.querySelector('digit-recognizer').focus()");
    await page.keyboard.press(step.press);
  } else if ('click' in step) {
    const button = step.click.startsWith('#')
      ? page.locator(step.click)
      : pad.getByRole('button', { name: step.click });
    // Where a button can be pressed, regardless of what a test runner waits for.
    const box = await button.boundingBox();
    if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount: step.times });
  } else if ('pick' in step) {
    const option = page.locator(`digit-predictions [data-digit="${step.pick}"]:visible`).first();
    const box = await option.boundingBox({ timeout: 50 }).catch(() => null);
    if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  } else if ('picture' in step) {
    const input = page.locator('digit-recognizer .file');
    if (await input.isEnabled())
      await input.setInputFiles({ name: 'seven.svg', mimeType: 'image/svg+xml', buffer: svg });
  } else if ('leave' in step) {
    await leaveAndComeBack(page);
  } else {
    await page.evaluate(
      `(() => { const element = document.querySelector('digit-recognizer'), form = document.querySelector('form'), picture = new Blob([${JSON.stringify(svg.toString())}], { type: 'image/svg+xml' }); ${scripts[step.run]}; })()`,
    );
  }
  await page.evaluate(`look(${JSON.stringify(JSON.stringify(step))})`);
}

const settled = `(async () => {
  const element = document.querySelector('digit-recognizer');
  await element.recognitionComplete.catch(() => {});
  await element.updateComplete;
  await Promise.all(checks);
})()`;

/** Finishes everything in progress: with the pen up, enabled, and an available model. */
async function settle(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate(`(async () => {
    const element = document.querySelector('digit-recognizer');
    element.model = 'compact';
    element.disabled = element.readOnly = document.querySelector('fieldset').disabled = false;
    document.activeElement?.blur();
    await element.recognitionComplete;
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    lookAtLast();
    await Promise.all(checks);
  })()`);
}

const runs = Number(process.env.HONEST_FORM_RUNS ?? (process.env.CI ? 4 : 2));

/**
 * Always tried: what the page has set returns if the user takes back the stroke under the pen, and only then; leaving the
 * page lifts a pen that a key has put down; a correction of what the page has set remains when the ink is read anew, and
 * a typed digit while the model does not arrive.
 */
const examples: [Step[]][] = [
  [[{ run: 'say' }, { begin: true }, { press: 'Control+z' }, { lift: true }]],
  [[{ run: 'say' }, { begin: true }, { lift: true }, { press: 'Control+z' }]],
  [[{ draw: 'one' }, { run: 'say' }, { press: 'Space' }, { leave: true }, { press: 'ArrowDown' }]],
  [[{ draw: 'one' }, { run: 'say' }, { press: '9' }, { run: 'several' }, { run: 'one' }]],
  [[{ draw: 'seven' }, { run: 'stall' }, { press: '8' }, { run: 'take away and put back' }]],
];

describe('a form submits nothing that is not on the pad', () => {
  for (const [arrangement, markup] of Object.entries(arrangements)) {
    test(`with ${arrangement}`, { timeout: 60_000 * runs }, async () => {
      const folder = writePage(
        `<script type="module" src="/observer.js"></script><form><fieldset>${markup}</fieldset>${controls}</form><form id="other"></form>`,
      );
      writeFileSync(join(folder, 'other.html'), '<!doctype html><title>Elsewhere</title>');
      writeFileSync(join(folder, 'observer.js'), observer);
      const server = await serve({ '/package/': join(root, 'dist/cdn'), '/': folder });
      const { page } = await newPage();
      await page.setViewportSize({ width: 1000, height: 1100 });
      // Never answered.
      await page.route('**/stalled/**', () => {});
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          await page.goto(`${server.origin}/other.html`);
          await page.evaluate('sessionStorage.clear()');
          await page.goto(`${server.origin}/index.html`);
          await page.waitForFunction('globalThis.isReady');
          await page.locator('digit-recognizer:state(ready)').waitFor();
          for (const each of steps) await perform(page, each);
          await settle(page);
          assert.deepEqual(await page.evaluate('problems'), []);
        }),
        { numRuns: runs + examples.length, examples, endOnFailure: true },
      );
    });
  }
});
