import type { Messages } from '../../messages/index.js';

/**
 * What a user reads of a failure: what could not be done, and what to do. What a developer needs is in the error itself,
 * which goes to `digit-error` and the console.
 *
 * @param drawn whether there was something to read; without it, nothing but loading can have failed
 */
export function failureText(
  { code = '' }: Error & { readonly code?: string },
  words: Messages,
  drawn: boolean,
): string {
  if (code.startsWith('invalid-') && code !== 'invalid-image') return words.wrongSetting;
  switch (code) {
    case 'network':
      return words.loadingOffline;
    case 'asset-missing':
    case 'asset-not-wasm':
    case 'checksum':
      return words.loadingFailed;
    case 'webgpu-unavailable':
    case 'program':
      return words.cannotRun;
    case 'onnxruntime-missing':
      return words.wrongSetting;
    default:
      return drawn ? words.recognitionFailed : words.loadingFailed;
  }
}

/** What a user reads of a picture that could not be read; as {@link failureText}. */
export function pictureFailureText({ code = '' }: Error & { readonly code?: string }, words: Messages): string {
  switch (code) {
    case 'network':
      return words.loadingOffline;
    case 'animated-image':
      return words.pictureAnimated;
    case 'image-too-large':
      return words.pictureTooLarge;
    case 'blocked-image':
      return words.pictureBlocked;
    case 'unsupported-image':
    case 'unsupported-source':
      return words.pictureUnsupported;
    default:
      return words.pictureUnreadable;
  }
}
