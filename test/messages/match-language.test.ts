import { expect } from '@open-wc/testing';
import { matchLanguage, wellFormed } from '../../src/messages/match-language.js';

const known = ['ar', 'de', 'en', 'hi', 'ja', 'zh', 'zh-hant', 'sr-latn', 'es', 'es-mx'];

describe('wellFormed', () => {
  it('leaves a language tag as it is', () => {
    for (const tag of ['de', 'EN-us', 'zh-Hant-TW', 'es-419', 'de-AT-1996', 'ar-EG-u-nu-latn', 'tlh'])
      expect(wellFormed(tag)).to.equal(tag);
  });

  it('takes the beginning of an ill-formed one, and nothing of what is none', () => {
    for (const [tag, beginning] of [
      ['en-', 'en'],
      ['en--US', 'en'],
      ['de_AT', 'de-AT'],
      [' fr ', 'fr'],
      ['pt-BR-', 'pt-BR'],
      ['de-!', 'de'],
      ['', ''],
      ['-', ''],
      ['e', ''],
      ['${lang}', ''],
      ['not a language', ''],
      ['x-private', ''],
    ]) {
      expect(wellFormed(tag), tag).to.equal(beginning);
    }
  });

  it('gives nothing that Intl refuses', () => {
    for (const start of ['en', 'zh-TW', 'a', '']) {
      for (const end of ['-', '-1', '-\u0000', '-é', '-u', '-u-nu', '-x', '-aaaaaaaaa', '\n', '*']) {
        const tag = wellFormed(start + end);
        if (tag !== '') expect(() => new Intl.NumberFormat(tag), JSON.stringify(start + end)).not.to.throw();
      }
    }
  });
});

describe('matchLanguage', () => {
  for (const [language, match] of [
    ['de', 'de'],
    ['de-AT', 'de'],
    ['de-AT-1996', 'de'],
    ['DE-at', 'de'],
    ['es-MX', 'es-mx'],
    ['es-419', 'es'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['zh-TW', 'zh-hant'],
    ['zh-HK', 'zh-hant'],
    ['zh-MO', 'zh-hant'],
    ['zh-Hant', 'zh-hant'],
    ['zh-Hant-MY', 'zh-hant'],
    ['ar-EG-u-nu-latn', 'ar'],
    // The words would be in a script that these readers do not ask for.
    ['hi-Latn', null],
    ['ja-Latn', null],
    ['sr', null],
    ['sr-Latn-RS', 'sr-latn'],
    ['tlh', null],
    ['', null],
  ] as const) {
    it(`finds ${match ?? 'nothing'} for '${language}'`, () => {
      expect(matchLanguage(language, known)).to.equal(match);
    });
  }
});
