import { expect } from '@open-wc/testing';
import { failureText, pictureFailureText } from '../../../src/elements/shared/failure-text.js';
import { DrawingError, ImagingError, InferenceError, RecognitionError } from '../../../src/index.js';
import type { InferenceErrorCode, RecognitionErrorCode } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';

/** A message for developers, not for users. */
const technical =
  'Fetching https://example.com/model.onnx failed (404). Allow connect-src in the Content-Security-Policy.';

const inference: Record<InferenceErrorCode, string> = {
  network: en.loadingOffline,
  'asset-missing': en.loadingFailed,
  'asset-not-wasm': en.loadingFailed,
  checksum: en.loadingFailed,
  'webgpu-unavailable': en.cannotRun,
  program: en.cannotRun,
  'onnxruntime-missing': en.wrongSetting,
  'invalid-input': en.wrongSetting,
  worker: en.recognitionFailed,
  timeout: en.recognitionFailed,
  'device-lost': en.recognitionFailed,
  model: en.recognitionFailed,
};

const pictures: Record<RecognitionErrorCode, string> = {
  network: en.loadingOffline,
  'animated-image': en.pictureAnimated,
  'image-too-large': en.pictureTooLarge,
  'blocked-image': en.pictureBlocked,
  'unsupported-image': en.pictureUnsupported,
  'unsupported-source': en.pictureUnsupported,
  'unreadable-image': en.pictureUnreadable,
  'invalid-option': en.pictureUnreadable,
};

describe('failure messages for users', () => {
  for (const [code, text] of Object.entries(inference) as [InferenceErrorCode, string][]) {
    it(`say what to do: ${code}`, () => {
      expect(failureText(new InferenceError(code, technical), en, true)).to.equal(text);
    });
  }

  for (const [code, text] of Object.entries(pictures) as [RecognitionErrorCode, string][]) {
    it(`say what to do: ${code}`, () => {
      expect(pictureFailureText(new RecognitionError(code, technical), en)).to.equal(text);
    });
  }

  it('do not mention a digit if none is drawn', () => {
    for (const code of ['worker', 'timeout', 'model', 'device-lost'] as const)
      expect(failureText(new InferenceError(code, technical), en, false)).to.equal(en.loadingFailed);
    expect(failureText(new Error(technical), en, false)).to.equal(en.loadingFailed);
  });

  it('cover errors of drawings and of pixels', () => {
    expect(failureText(new DrawingError('invalid-drawing', technical), en, true)).to.equal(en.wrongSetting);
    expect(pictureFailureText(new ImagingError('image-too-large', technical), en)).to.equal(en.pictureTooLarge);
    expect(pictureFailureText(new ImagingError('invalid-image', technical), en)).to.equal(en.pictureUnreadable);
  });
});
