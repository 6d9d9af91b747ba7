import { WriterProfile } from 'digit-recognizer';

/** Milliseconds after the last touch until it is ready for the next guest. */
const IDLE = 20_000;

export function kiosk(section: HTMLElement): void {
  const [recognizer] = section.getElementsByTagName('digit-recognizer');
  const [question] = section.getElementsByTagName('output');
  const [yes, again] = section.getElementsByTagName('button');
  let timer = 0;

  const startAgain = (): void => {
    recognizer.disabled = false;
    // The next guest must not be able to undo back to this guest's drawing.
    recognizer.clear({ history: true });
    // Like HTML's fields, it fires `change` only for what a user does.
    yes.disabled = true;
    again.disabled = true;
    question.value = '';
  };

  const welcomeNext = (): void => {
    startAgain();
    // One guest's corrections do not apply to the next one's handwriting.
    recognizer.profile = new WriterProfile();
  };

  const stayAwake = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(welcomeNext, IDLE);
  };

  // A guest has drawn, or picked a digit, perhaps without drawing.
  const serve = (): void => {
    again.disabled = recognizer.value === '' && recognizer.strokes.length === 0;
    stayAwake();
  };

  recognizer.addEventListener('change', () => {
    const { value } = recognizer;
    yes.disabled = value === '' || value === '0';
    question.value = yes.disabled ? '' : `A table for ${value}?`;
    serve();
  });

  recognizer.addEventListener('digit-ink', serve);

  yes.addEventListener('click', () => {
    question.value = `Welcome! Your table for ${recognizer.value} will be ready in a moment.`;
    recognizer.disabled = true;
    yes.disabled = true;
    stayAwake();
  });

  again.addEventListener('click', startAgain);
  welcomeNext();
}
