import type { Messages } from './messages.js';

export const en: Messages = {
  padLabel: 'Drawing pad for a digit',
  padHint: 'Draw a digit',
  padTools: 'Drawing tools',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  previewLabel: 'What the network sees: your digit, scaled and centred in 28 by 28 pixels',
  previewEmpty: 'What the network sees: nothing yet',
  predictionsLabel: 'Predictions',
  predictionsEmpty: 'No digit yet',
  answer: (digit, percentage) => `${digit}, ${percentage} sure`,
  nothingRecognized: 'No digit recognized',
  loading: 'Loading the recognizer',
  loadingFailed: 'The recognizer could not be loaded.',
  recognitionFailed: 'Your digit could not be read.',
  inkKept: 'Your drawing is still there.',
  retry: 'Try again',
  required: 'Please draw a digit.',
  backend: (backend) => `Runs on this device (${backend === 'webgpu' ? 'WebGPU' : 'WebAssembly'})`,
};
