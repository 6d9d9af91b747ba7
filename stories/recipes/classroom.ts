/** Those that are confused most often come first. */
const digits = [5, 7, 1, 4, 9, 6, 0, 3, 8, 2];

export function exercise(section: HTMLElement): void {
  const [recognizer] = section.getElementsByTagName('digit-recognizer');
  const [task] = section.getElementsByTagName('h2');
  const [verdict] = section.getElementsByTagName('output');
  const [next] = section.getElementsByTagName('button');
  let round = 0;

  const judge = (): string => {
    const { recognition } = recognizer;
    if (!recognition || recognition.reason === 'blank') return '';
    const { digit, confidence } = recognition;
    if (digit === null) return 'I cannot read that. Try it larger.';
    if (digit !== digits[round]) return `I read a ${digit}. What would make it a ${digits[round]}?`;
    return `Right, that is a ${digit}. I am ${confidence.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })} sure.`;
  };

  const judgeInk = async (): Promise<void> => {
    const { strokes } = recognizer;
    // If reading fails, the recognizer says so itself.
    await recognizer.recognitionComplete.catch(() => null);
    // Newer ink gets a verdict of its own.
    if (recognizer.strokes === strokes) verdict.value = judge();
  };

  // Not `change`: the value is '' for a non-digit as well as for an empty pad.
  recognizer.addEventListener('digit-ink', ({ drawing }) => {
    if (!drawing) void judgeInk();
  });

  // After a retry, ink is read late.
  recognizer.addEventListener('change', () => void judgeInk());

  next.addEventListener('click', () => {
    round = (round + 1) % digits.length;
    task.textContent = `Draw a ${digits[round]}`;
    recognizer.clear();
    verdict.value = '';
  });
}
