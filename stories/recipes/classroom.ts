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

  recognizer.addEventListener('change', () => {
    verdict.value = judge();
  });

  next.addEventListener('click', () => {
    round = (round + 1) % digits.length;
    task.textContent = `Draw a ${digits[round]}`;
    recognizer.clear();
  });
}
