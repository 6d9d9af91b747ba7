import { expect } from '@open-wc/testing';
import { matchLanguage, wellFormed } from '../../src/messages/match-language.js';

const known = ['ar', 'de', 'en', 'hi', 'ja', 'zh', 'zh-hant', 'sr-latn', 'es', 'es-mx'];

describe('wellFormed', () => {
  it('returns a well-formed language tag unchanged', () => {
    for (const tag of ['de', 'EN-us', 'zh-Hant-TW', 'es-419', 'de-AT-1996', 'ar-EG-u-nu-latn', 'tlh'])
      expect(wellFormed(tag)).to.equal(tag);
  });

  it('returns the well-formed beginning of a tag, and nothing of an invalid one', () => {
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

  it('returns nothing that Intl rejects', () => {
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
    // The text would be in a script that these readers do not request.
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
