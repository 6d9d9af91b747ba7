import { WriterProfile } from 'digit-recognizer';

/** So many milliseconds after the last touch it is there for the next guest. */
const IDLE = 20_000;

export function kiosk(section: HTMLElement): void {
  const [recognizer] = section.getElementsByTagName('digit-recognizer');
  const [question] = section.getElementsByTagName('output');
  const [yes, again] = section.getElementsByTagName('button');
  let timer = 0;

  const startAgain = (): void => {
    recognizer.disabled = false;
    // The next guest is not to bring back by Undo what this one has drawn.
    recognizer.clear({ history: true });
    question.value = '';
  };

  const welcomeNext = (): void => {
    startAgain();
    // What one guest has corrected says nothing of the next one's hand.
    recognizer.profile = new WriterProfile();
  };

  const stayAwake = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(welcomeNext, IDLE);
  };

  recognizer.addEventListener('change', () => {
    const { value } = recognizer;
    yes.disabled = value === '' || value === '0';
    question.value = yes.disabled ? '' : `A table for ${value}?`;
  });

  recognizer.addEventListener('digit-ink', ({ strokes }) => {
    again.disabled = strokes.length === 0;
    stayAwake();
  });

  yes.addEventListener('click', () => {
    question.value = `Welcome! Your table for ${recognizer.value} will be ready in a moment.`;
    recognizer.disabled = true;
    yes.disabled = true;
    stayAwake();
  });

  again.addEventListener('click', startAgain);
  welcomeNext();
}
