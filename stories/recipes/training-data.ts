export function collection(section: HTMLElement): void {
  const [recognizer] = section.getElementsByTagName('digit-recognizer');
  const [keep, save] = section.getElementsByTagName('button');
  const [status] = section.getElementsByTagName('output');
  const writer = crypto.randomUUID();
  const lines: string[] = [];
  let corrected = 0;

  // The value is the recognized digit, or the one that the user has picked instead.
  recognizer.addEventListener('input', () => {
    keep.disabled = recognizer.value === '' || recognizer.strokes.length === 0;
  });

  keep.addEventListener('click', () => {
    const strokes = recognizer.strokes.map(({ points }) => points.map(({ x, y }) => [Math.round(x), Math.round(y)]));
    lines.push(JSON.stringify({ label: recognizer.value, writer, strokes }));
    if (recognizer.correction) corrected += 1;
    status.value = `Digits kept: ${lines.length}. Corrected: ${corrected}.`;
    save.disabled = false;
    recognizer.clear();
    // Like HTML's fields, it fires `input` only for what a user does.
    keep.disabled = true;
  });

  save.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([lines.join('\n')]));
    link.download = 'digits.jsonl';
    link.click();
    // Some browsers read it later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}
