export {
  DrawingError,
  strokesToPNG,
  strokesToSVG,
  type ClearOptions,
  type DrawingErrorCode,
  type PictureOptions,
  type Point,
  type Stroke,
  type Strokes,
} from './drawing/index.js';
export { DigitPad } from './elements/digit-pad/digit-pad.js';
export { DigitPredictions } from './elements/digit-predictions/digit-predictions.js';
export { DigitPreview, type PreviewView } from './elements/digit-preview/digit-preview.js';
export { DigitRecognizer } from './elements/digit-recognizer/digit-recognizer.js';
export { AttributeError, type AttributeErrorCode } from './elements/shared/attribute-error.js';
export { CorrectionEvent } from './elements/events/correction-event.js';
export { DigitErrorEvent } from './elements/events/digit-error-event.js';
export { DigitTypedEvent } from './elements/events/digit-typed-event.js';
export { LearnedEvent } from './elements/events/learned-event.js';
export { InkEvent } from './elements/events/ink-event.js';
export type { InkBox } from './elements/digit-pad/ink-box.js';
export { RecognitionEvent } from './elements/events/recognition-event.js';
export { StatusEvent } from './elements/events/status-event.js';
export { ImagingError, type ImagingErrorCode } from './imaging/index.js';
export {
  InferenceError,
  InferenceService,
  type InferenceErrorCode,
  type Backend,
  type BackendPreference,
  type BackendChangeEvent,
  type Decision,
  type EngineKind,
  type InferenceServiceOptions,
  type InferenceStatus,
  type LoadProgressEvent,
  type RunOptions,
  type RunResult,
  type StatusChangeEvent,
} from './inference/index.js';
export { LearningError, WriterProfile, type LearningErrorCode, type ProfileJSON } from './learning/index.js';
export {
  loadMessages,
  MessagesError,
  registerMessages,
  type Messages,
  type MessagesErrorCode,
} from './messages/index.js';
export {
  recognize,
  recognizeAll,
  RecognitionError,
  type RecognitionErrorCode,
  type Correction,
  type Features,
  type PlacedRecognition,
  type Prediction,
  type Recognition,
  type RecognitionSource,
  type RecognizeOptions,
} from './recognition/index.js';
