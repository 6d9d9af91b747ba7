/// <reference types="vite/client" />
import type { DigitRecognizer } from 'digit-recognizer';

function find<Found extends Element>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

const recognizer = find<DigitRecognizer>('#one');
const pupil = find<DigitRecognizer>('#pupil');
const settings = find<HTMLFormElement>('.settings');
const value = find('.value');
const announcement = find('.announcement');

/** How long a button confirms the copy, in milliseconds. */
const confirmationTime = 2000;

/** Withdraws the last confirmation. */
let withdraw = (): void => {};

async function copy(button: HTMLButtonElement, code: HTMLElement): Promise<void> {
  let [label, message] = ['Copied', 'Copied'];
  try {
    await navigator.clipboard.writeText(code.innerText);
  } catch {
    // Only secure pages can write to the clipboard; in others, the user copies the selection.
    getSelection()?.selectAllChildren(code);
    [label, message] = ['Selected', 'Selected. Copy it with your keyboard.'];
  }
  withdraw();
  button.textContent = label;
  announcement.textContent = message;
  const timer = setTimeout(() => withdraw(), confirmationTime);
  withdraw = () => {
    clearTimeout(timer);
    button.textContent = 'Copy';
    announcement.textContent = '';
    withdraw = () => {};
  };
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button.copy')) {
  const code = find<HTMLElement>(`#${button.getAttribute('aria-describedby')}`);
  button.addEventListener('click', () => {
    void copy(button, code);
  });
}

settings.addEventListener('change', ({ target }) => {
  const { name, value: chosen } = target as HTMLSelectElement;
  recognizer.setAttribute(name, chosen);
});

/** Disables the choice of WebGPU if a browser has no adapter at all for it, not even a software one. */
async function checkWebGpu(): Promise<void> {
  const attempts = [{}, { featureLevel: 'compatibility' }, { forceFallbackAdapter: true }];
  for (const attempt of attempts) if (await navigator.gpu?.requestAdapter(attempt).catch(() => null)) return;
  const option = find<HTMLOptionElement>('option[value="webgpu"]');
  option.disabled = true;
  option.textContent += ' (not available here)';
}

// It must not delay the first answer.
addEventListener('load', () => void checkWebGpu());

// A typed digit is no recognition, and what this page draws itself is no `change`.
for (const type of ['digit-recognition', 'change']) {
  recognizer.addEventListener(type, () => {
    value.textContent = `'${recognizer.value}'`;
  });
}

/** A four in two strokes, as if drawn by hand. */
const four = [
  [142, 54, 112, 110, 76, 172, 140, 173, 204, 172],
  [168, 112, 166, 170, 162, 236],
].map((stroke) => ({
  points: Array.from({ length: stroke.length / 2 }, (_, index) => ({ x: stroke[index * 2], y: stroke[index * 2 + 1] })),
}));

find('#example').addEventListener('click', () => {
  recognizer.strokes = four;
});

const lessons = find<HTMLOutputElement>('output[name="lessons"]');

function showLessons(): void {
  const size = pupil.profile?.size ?? 0;
  lessons.value = size === 0 ? 'Nothing learned yet.' : size === 1 ? '1 drawing learned.' : `${size} drawings learned.`;
}

pupil.addEventListener('digit-learned', showLessons);

find('#forget').addEventListener('click', () => {
  pupil.profile?.forget();
  showLessons();
});

// After the first visit the page works offline. Not in development.
if (import.meta.env.PROD && 'serviceWorker' in navigator && isSecureContext)
  void navigator.serviceWorker.register('./offline.js');
