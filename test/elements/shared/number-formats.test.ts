import { expect } from '@open-wc/testing';
import '../../../src/define.js';
import { formatPercentage, formatWhole } from '../../../src/elements/shared/number-formats.js';
import type { Strokes } from '../../../src/index.js';

/** A seven. */
const seven: Strokes = [
  {
    points: Array.from({ length: 33 }, (_, at) =>
      at < 17 ? { x: 60 + at * 10, y: 60 } : { x: 220 - (at - 16) * 6, y: 60 + (at - 16) * 10 },
    ),
  },
];

const tags = ['en', 'en-US', 'en-GB', 'en-IN', 'hi', 'ja', 'zh', 'zh-CN', 'zh-TW', 'de', 'de-DE', 'de-CH', 'es', 'es-ES', 'es-MX', 'fr', 'ar']; // prettier-ignore

describe('numbers', () => {
  for (const tag of tags) {
    it(`are formatted like the browser's in ${tag}`, () => {
      const percent = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
      const percentages = new Intl.NumberFormat(tag, { ...percent, numberingSystem: 'latn' });
      const wholes = new Intl.NumberFormat(tag, { maximumFractionDigits: 0, numberingSystem: 'latn' });
      for (let tenths = 0; tenths <= 1000; tenths++) {
        expect(formatPercentage(tag, tenths / 1000)).to.equal(percentages.format(tenths / 1000));
      }
      for (const value of [0, 7, 28, 999, 1000, 12_345]) expect(formatWhole(tag, value)).to.equal(wholes.format(value));
    });
  }

  it('do not delay the first answer by a format of Intl', async () => {
    const { NumberFormat } = Intl;
    let made = 0;
    Intl.NumberFormat = new Proxy(NumberFormat, {
      construct: (target, parameters: ConstructorParameters<typeof NumberFormat>) => {
        made += 1;
        return new target(...parameters);
      },
    });
    const element = document.createElement('digit-recognizer');
    try {
      element.lang = 'en-GB';
      element.strokes = seven;
      document.body.append(element);
      const recognition = await element.recognitionComplete;
      await element.updateComplete;
      const predictions = element.shadowRoot!.querySelector('digit-predictions')!;
      await predictions.updateComplete;
      expect(predictions.shadowRoot!.querySelector('.percentage')!.textContent).to.match(/^[0-9]+\.[0-9]%$/);
      expect(recognition!.digit).to.equal(7);
      expect(made).to.equal(0);
    } finally {
      Intl.NumberFormat = NumberFormat;
      element.remove();
    }
  });
});
