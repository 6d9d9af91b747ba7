/** @import { DigitRecognizer } from '../src/elements/digit-recognizer/digit-recognizer.js' */

/**
 * @template {Element} Found
 * @param {string} selector
 * @returns {Found}
 */
function find(selector) {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return /** @type {Found} */ (found);
}

const recognizer = /** @type {DigitRecognizer} */ (find('#one'));
const settings = /** @type {HTMLFormElement} */ (find('.settings'));
const value = /** @type {HTMLOutputElement} */ (find('output[name="value"]'));
const announcement = find('.announcement');

/** How long a button says that it has copied, in milliseconds. */
const thanksFor = 2000;

/** @param {HTMLButtonElement} button @param {HTMLElement} code */
async function copy(button, code) {
  try {
    await navigator.clipboard.writeText(code.innerText);
    button.textContent = 'Copied';
    announcement.textContent = 'Copied';
  } catch {
    // A page that is not served securely may not write to the clipboard: then the reader copies what is selected.
    getSelection()?.selectAllChildren(code);
    button.textContent = 'Selected';
    announcement.textContent = 'Selected. Copy it with your keyboard.';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
    announcement.textContent = '';
  }, thanksFor);
}

for (const button of document.querySelectorAll('button.copy')) {
  const code = find(`#${button.getAttribute('aria-describedby')}`);
  button.addEventListener('click', () => {
    void copy(/** @type {HTMLButtonElement} */ (button), /** @type {HTMLElement} */ (code));
  });
}

settings.addEventListener('change', ({ target }) => {
  const { name, value: chosen } = /** @type {HTMLSelectElement} */ (target);
  recognizer.setAttribute(name, chosen);
});

if (!('gpu' in navigator)) {
  const option = /** @type {HTMLOptionElement} */ (find('option[value="webgpu"]'));
  option.disabled = true;
  option.textContent += ' (this browser has none)';
}

recognizer.addEventListener('digit-recognition', () => {
  value.textContent = `'${recognizer.value}'`;
});

/** A four in two strokes, as a hand draws it. */
const four = [
  [142, 54, 112, 110, 76, 172, 140, 173, 204, 172],
  [168, 112, 166, 170, 162, 236],
].map((stroke) => ({
  points: Array.from({ length: stroke.length / 2 }, (_, index) => ({ x: stroke[index * 2], y: stroke[index * 2 + 1] })),
}));

find('#example').addEventListener('click', () => {
  recognizer.strokes = four;
});

// After the first visit the page works without a network.
if ('serviceWorker' in navigator && isSecureContext) void navigator.serviceWorker.register('./offline.js');
