import * as everything from 'digit-recognizer';
import 'digit-recognizer/define';
import * as react from 'digit-recognizer/react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';

/** What a function at the edge does with the package: it renders the tag, and reads nothing. */
globalThis.answer = (async () => {
  const { digit, reason } = await everything.recognize([]);
  return {
    digit,
    reason,
    tag: renderToStaticMarkup(createElement(react.DigitRecognizer, { name: 'digit' })),
    dom: ['HTMLElement', 'document', 'window', 'customElements'].filter((name) => name in globalThis),
  };
})();
