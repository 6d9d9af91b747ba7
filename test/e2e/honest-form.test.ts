/**
 * Whatever a user and a page do to a recognizer, in whatever order and however fast: the form sends what is on the pad, or
 * what somebody has said in its place, or nothing. What is on the pad is read once more, apart from any element.
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

/** By where the parts are. */
const arrangements: Readonly<Record<string, string>> = {
  'its own parts': `<digit-recognizer ${attributes}></digit-recognizer>`,
  'slotted parts': `<digit-recognizer ${attributes}><p><digit-predictions></digit-predictions></p>
    <section><digit-pad></digit-pad></section></digit-recognizer>`,
  'a pad only': `<digit-recognizer ${attributes} learn><digit-pad></digit-pad></digit-recognizer>`,
  'a pad elsewhere': `<digit-recognizer ${attributes}><digit-predictions></digit-predictions></digit-recognizer>
    <digit-pad for="reader"></digit-pad>`,
};

/** Notes, at each event and when it is asked, where the form would send something else than it may. */
const observer = `
  import { recognize, recognizeAll } from '/package/digit-recognizer.js';
  const form = document.querySelector('form');
  const element = document.querySelector('digit-recognizer');
  const pads = () => [document.querySelector('digit-pad'), element.shadowRoot.querySelector('digit-pad')];
  globalThis.problems = [];
  globalThis.checks = [];
  let said = null;
  // What was on the pad when the page has said it: to lift the pen is not to draw.
  let saidOf = null;
  globalThis.say = (value) => {
    said = value === '' ? null : value;
    element.value = value;
    saidOf = element.strokes;
  };
  const reading = async (strokes, { model, multiple, alwaysAnswer, profile }) => {
    const options = { model, backend: 'wasm', alwaysAnswer, profile };
    const all = multiple ? await recognizeAll(strokes, options) : [await recognize(strokes, options)];
    return all.some(({ digit }) => digit === null) ? '' : all.map(({ digit }) => digit).join('');
  };
  const look = (when) => {
    const sent = new FormData(form).get('digit');
    const off = element.matches(':disabled') || element.form !== form;
    if ((sent === null) !== off) problems.push([when, 'is sent though disabled, or not though it is enabled', sent]);
    // What was taken back must not come again.
    if (sent === '' && element.strokes.length === 0) said = null;
    if (!sent) return;
    const { value, strokes, correction, multiple, model, alwaysAnswer, profile } = element;
    const picture = element.shadowRoot.querySelector('.picture') !== null;
    const facts = JSON.stringify({ when, sent, value, strokes: strokes.length, correction, said, picture, multiple });
    if (sent !== value) problems.push(['is not the value', facts]);
    if (pads().some((pad) => pad?.matches(':state(drawing)') && !pad.hidden && pad.offsetWidth > 0 && strokes.length > 0 && pad.strokes.length !== strokes.length)) problems.push(['pad and recognizer differ', facts]);
    if (correction && !multiple) {
      if (sent !== String(correction.digit)) problems.push(['is not what the user said', facts]);
    } else if (sent === said) {
      return;
    } else if (strokes.length > 0 && !correction) {
      checks.push(
        reading(strokes, { model, multiple, alwaysAnswer, profile }).then(async (read) => {
          if (read === sent) return;
          // What was learned since counts from the next reading on.
          const plain = await reading(strokes, { model, multiple, alwaysAnswer, profile: null });
          if (plain !== sent) problems.push(['is not what is drawn, which is ' + JSON.stringify(read), facts]);
        }),
      );
    } else if (picture && !correction) {
      if (sent !== '7') problems.push(['is not what is in the picture', facts]);
    } else if (strokes.length === 0 && !correction && !multiple) {
      problems.push(['is sent from an empty pad', facts]);
    }
  };
  globalThis.look = look;
  const onInk = () => {
    if (element.strokes !== saidOf) said = null;
    look('digit-ink');
  };
  document.addEventListener('digit-ink', onInk);
  // Those of the parts that it brings along do not leave it.
  element.shadowRoot.addEventListener('digit-ink', onInk);
  form.addEventListener('reset', () => (said = null));
  element.addEventListener('digit-correction', ({ digit }) => { if (digit !== null) said = null; });
  for (const type of ['input', 'change', 'digit-recognition', 'digit-correction', 'digit-status']) {
    document.addEventListener(type, () => look(type));
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    look('submit');
    if (!form.noValidate && element.willValidate && !element.validity.valid) problems.push(['sent, though not valid']);
  });
  globalThis.isReady = true;
`;

const controls = `<button id="send">Send</button><button type="reset" id="start-over">Reset</button>`;

/** What can be done: by mouse and keys, or by the page's own scripts. */
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
  send: 'form.requestSubmit()',
} as const;

type Step =
  | { readonly draw: string }
  | { readonly begin: true }
  | { readonly lift: true }
  | { readonly press: string }
  | { readonly click: string; readonly times: number }
  | { readonly run: keyof typeof scripts }
  | { readonly pick: number }
  | { readonly picture: true };

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
);

const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><path d="M60 50h80L90 160" fill="none" stroke="#136" stroke-width="14"/></svg>',
);

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
    // Where a button can be pressed, and not what a test runner waits for.
    const place = await button.boundingBox();
    if (place)
      await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2, { clickCount: step.times });
  } else if ('pick' in step) {
    const option = page.locator(`digit-predictions [data-digit="${step.pick}"]:visible`).first();
    const place = await option.boundingBox({ timeout: 50 }).catch(() => null);
    if (place) await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  } else if ('picture' in step) {
    const input = page.locator('digit-recognizer .file');
    if (await input.isEnabled())
      await input.setInputFiles({ name: 'seven.svg', mimeType: 'image/svg+xml', buffer: svg });
  } else {
    await page.evaluate(
      `(() => { const element = document.querySelector('digit-recognizer'), form = document.querySelector('form'); ${scripts[step.run]}; })()`,
    );
  }
  await page.evaluate(`look(${JSON.stringify(JSON.stringify(step))})`);
}

/** Anything that is under way comes to its end: with a pen up, enabled, and a model that is there. */
async function settle(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate(`(async () => {
    const element = document.querySelector('digit-recognizer');
    element.model = 'compact';
    element.disabled = element.readOnly = document.querySelector('fieldset').disabled = false;
    await element.recognitionComplete;
    await element.updateComplete;
    look('the end');
    await Promise.all(checks);
  })()`);
}

const runs = Number(process.env.HONEST_FORM_RUNS ?? 4);

describe('a form sends nothing that is not on the pad', () => {
  for (const [arrangement, markup] of Object.entries(arrangements)) {
    test(`with ${arrangement}`, { timeout: 60_000 * runs }, async () => {
      const folder = writePage(
        `<script type="module" src="/observer.js"></script><form><fieldset>${markup}</fieldset>${controls}</form>`,
      );
      writeFileSync(join(folder, 'observer.js'), observer);
      const server = await serve({ '/package/': join(root, 'dist/cdn'), '/': folder });
      const { page } = await newPage();
      await page.setViewportSize({ width: 1000, height: 1100 });
      // Never answered.
      await page.route('**/stalled/**', () => {});
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          await page.goto(`${server.origin}/index.html`);
          await page.waitForFunction('globalThis.isReady');
          await page.locator('digit-recognizer:state(ready)').waitFor();
          for (const each of steps) await perform(page, each);
          await settle(page);
          assert.deepEqual(await page.evaluate('problems'), []);
        }),
        { numRuns: runs, endOnFailure: true },
      );
    });
  }
});
