const recognizer = document.querySelector('digit-recognizer');
const show = () => (document.querySelector('#answer').textContent = recognizer.value);

/** @param {string} value */
function set(value) {
  recognizer.value = value;
  show();
}

recognizer.addEventListener('change', show);
document.querySelector('#set').addEventListener('click', () => set('4'));
document.querySelector('#empty').addEventListener('click', () => set(''));
document.querySelector('#busy').addEventListener('click', () => recognizer.toggleAttribute('disabled'));
// The event comes before the controls are reset.
document.querySelector('form').addEventListener('reset', () => setTimeout(show));
