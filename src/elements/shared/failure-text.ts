import type { Messages } from '../../messages/index.js';

/** Whether something could not be fetched, which may succeed later. */
export const isNetworkError = (error: (Error & { readonly code?: string }) | null): boolean =>
  error?.code === 'network';

/**
 * Returns the message of a failure for the user: what failed, and what to do. Details for developers are in the error
 * itself, which goes to `digit-error` and the console.
 *
 * @param drawn whether there was something to read; if not, only loading can have failed
 */
export function failureText(
  { code = '' }: Error & { readonly code?: string },
  messages: Messages,
  drawn: boolean,
): string {
  if (code.startsWith('invalid-') && code !== 'invalid-image') return messages.wrongSetting;
  switch (code) {
    case 'network':
      return messages.loadingOffline;
    case 'asset-missing':
    case 'asset-not-wasm':
    case 'checksum':
      return messages.loadingFailed;
    case 'webgpu-unavailable':
    case 'program':
      return messages.cannotRun;
    case 'onnxruntime-missing':
      return messages.wrongSetting;
    default:
      return drawn ? messages.recognitionFailed : messages.loadingFailed;
  }
}

/** Returns the message for a picture that could not be read, like {@link failureText}. */
export function pictureFailureText({ code = '' }: Error & { readonly code?: string }, messages: Messages): string {
  switch (code) {
    case 'network':
      return messages.loadingOffline;
    case 'animated-image':
      return messages.pictureAnimated;
    case 'image-too-large':
      return messages.pictureTooLarge;
    case 'blocked-image':
      return messages.pictureBlocked;
    case 'unsupported-image':
    case 'unsupported-source':
      return messages.pictureUnsupported;
    default:
      return messages.pictureUnreadable;
  }
}
