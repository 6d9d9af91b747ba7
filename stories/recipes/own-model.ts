/** @param url of an ONNX file: [n, 1, 28, 28] in, 0 (paper) to 1 (ink); [n, 10] logits out */
export function ownModel(section: HTMLElement, url: string): void {
  const [recognizer] = section.getElementsByTagName('digit-recognizer');
  recognizer.model = url;
}
