const ordinals = ['First', 'Second', 'Third', 'Last'];

/** How long the pen must be up before a digit is complete: a 4 or a 5 may get a second stroke. */
const PAUSE = 900;

export function pinPad(form: HTMLFormElement): void {
  const [recognizer] = form.getElementsByTagName('digit-recognizer');
  const [pin] = form.getElementsByTagName('input');
  const [hint] = form.getElementsByTagName('span');
  const [dots] = form.getElementsByClassName('dots');
  const [count, message] = form.getElementsByTagName('output');
  let timer = 0;

  const show = (): void => {
    const { length } = pin.value;
    dots.textContent = ordinals.map((_, index) => (index < length ? '●' : '○')).join(' ');
    count.value = `${length} of ${ordinals.length} digits`;
    hint.textContent = `${ordinals[length]} digit`;
    recognizer.disabled = length === ordinals.length;
  };

  const take = async (): Promise<void> => {
    const { strokes } = recognizer;
    try {
      await recognizer.recognitionComplete;
    } catch {
      // The recognizer says what failed, offers a retry, and keeps the ink.
      return;
    }
    // Newer ink is taken after its own pause. Nothing is left if the form was reset, or the digit taken, in the meantime.
    if (recognizer.strokes !== strokes || (strokes.length === 0 && !recognizer.correction)) return;
    message.value = recognizer.value === '' ? 'That was not readable. Please redraw it.' : '';
    pin.value += recognizer.value;
    // Nobody must be able to bring a digit back with Undo.
    recognizer.clear({ history: true });
    show();
    if (pin.value.length === ordinals.length) form.requestSubmit();
  };

  const takeAfterPause = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void take(), PAUSE);
  };

  // The pad inside the recognizer dispatches an event when its ink changes.
  recognizer.addEventListener('digit-ink', ({ drawing, strokes }) => {
    clearTimeout(timer);
    if (!drawing && strokes.length > 0) takeAfterPause();
  });

  // A digit typed on the pad is complete immediately. After a retry, ink is read late.
  recognizer.addEventListener('change', () => {
    if (recognizer.correction) void take();
    else if (recognizer.value !== '') takeAfterPause();
  });

  form.addEventListener('reset', () => {
    clearTimeout(timer);
    pin.value = '';
    message.value = '';
    show();
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    message.value = 'Thank you. Your server would check the PIN now.';
  });
}
