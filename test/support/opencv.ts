import type cvModule from '@techstark/opencv-js';

export type OpenCv = typeof cvModule;

const script = '/node_modules/@techstark/opencv-js/dist/opencv.js';

let loading: Promise<{ cv: OpenCv }> | undefined;

async function load(): Promise<{ cv: OpenCv }> {
  const element = document.createElement('script');
  element.src = script;
  await new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      reject(new Error(`${script} cannot be loaded`));
    };
    document.head.append(element);
  });
  const { cv } = globalThis as unknown as { cv: OpenCv | Promise<OpenCv> };
  if (cv instanceof Promise) return { cv: await cv };
  if (!('Mat' in cv)) {
    await new Promise<void>((resolve) => {
      (cv as { onRuntimeInitialized: () => void }).onRuntimeInitialized = resolve;
    });
  }
  return { cv };
}

/** OpenCV, once its runtime has started. Wrapped in an object, since the module itself may be thenable. */
export function loadOpenCv(): Promise<{ cv: OpenCv }> {
  loading ??= load();
  return loading;
}
