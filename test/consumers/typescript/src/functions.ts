import {
  InferenceError,
  InferenceService,
  recognize,
  recognizeAll,
  strokesToPNG,
  strokesToSVG,
  type PlacedRecognition,
  type Recognition,
  type RecognitionSource,
  type Strokes,
} from 'digit-recognizer';

export const strokes: Strokes = [
  {
    points: [
      { x: 10, y: 20 },
      { x: 30, y: 40, pressure: 0.5, time: 12 },
    ],
  },
];

export async function read(source: RecognitionSource): Promise<number | null> {
  const { digit, confidence, predictions, image, backend }: Recognition = await recognize(source);
  const picture: Float32Array = image;
  const best: number | undefined = predictions[0]?.probability;
  console.log(confidence, picture.length, best, backend === 'webgpu');
  return digit;
}

export async function readNumber(source: RecognitionSource): Promise<string> {
  const all: readonly PlacedRecognition[] = await recognizeAll(source);
  return all.map(({ digit }) => digit ?? '?').join('');
}

export async function save(): Promise<[Blob, string]> {
  const frame = { x: 0, y: 0, width: 280, height: 280 };
  return [await strokesToPNG(strokes, { frame, size: 512 }), strokesToSVG(strokes, { frame })];
}

export async function infer(): Promise<Float32Array> {
  const service = InferenceService.shared();
  service.addEventListener('statuschange', () => console.log(service.status, service.backend));
  try {
    await service.ready;
  } catch (error) {
    if (error instanceof InferenceError) console.log(error.code);
  }
  return service.infer(new Float32Array(784), 1);
}

// @ts-expect-error a number is nothing to read
export const wrongSource = recognize(7);
