// All of it, as a library may import it that a page and its workers share: nothing may throw where there is no DOM.
import * as everything from 'digit-recognizer';
import 'digit-recognizer/define';
import * as react from 'digit-recognizer/react';

self.onmessage = async ({ data: strokes }) => {
  try {
    for (const name of ['HTMLElement', 'document', 'window', 'customElements']) {
      if (name in globalThis) throw new Error(`There is a ${name} in this worker.`);
    }
    for (const name of Object.keys(react)) {
      if (typeof everything[name] !== 'function') throw new Error(`${name} is missing.`);
    }
    const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });
    const { code } = await everything.recognize(svg).catch((error) => error);
    if (code !== 'unsupported-image') throw new Error(`An SVG in a worker: ${code}.`);
    const { digit } = await everything.recognize(strokes);
    self.postMessage({ digit });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
