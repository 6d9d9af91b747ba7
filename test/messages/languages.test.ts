import { expect } from '@open-wc/testing';
import { ar } from '../../src/messages/ar.js';
import { de } from '../../src/messages/de.js';
import { es } from '../../src/messages/es.js';
import { fr } from '../../src/messages/fr.js';
import { hi } from '../../src/messages/hi.js';
import {
  en,
  loadMessages,
  MessagesError,
  registerMessages,
  subscribeToMessages,
  localeFor,
  type Messages,
} from '../../src/messages/index.js';
import { ja } from '../../src/messages/ja.js';
import { zhHant } from '../../src/messages/zh-hant.js';
import { zh } from '../../src/messages/zh.js';

const tables: Readonly<Record<string, Messages>> = {
  ar,
  de,
  en,
  es,
  fr,
  hi,
  ja,
  zh,
  'zh-Hant': zhHant,
};

describe('messages', () => {
  for (const [language, table] of Object.entries(tables)) {
    it(`has every message in ${language}, with its placeholders`, () => {
      for (const [key, word] of Object.entries(table) as [keyof Messages, unknown][]) {
        if (typeof word === 'function') {
          const given = Array.from({ length: word.length }, (_, index) => `<${index}>`);
          const text = (word as (...parts: string[]) => string)(...given);
          expect(text, key).to.be.a('string').that.is.not.empty;
          if (key !== 'backend') for (const part of given) expect(text, key).to.include(part);
        } else if (Array.isArray(word)) {
          expect(new Set(word).size, key).to.equal(word.length);
        } else {
          expect(word, key).to.be.a('string').that.is.not.empty;
        }
      }
    });
  }

  it('has no English text in another language', () => {
    for (const [language, table] of Object.entries(tables)) {
      if (language === 'en') continue;
      const same = (Object.keys(en) as (keyof Messages)[]).filter(
        (key) => typeof en[key] === 'string' && en[key] === table[key],
      );
      expect(same, language).to.deep.equal([]);
    }
  });

  it('is English until a language has been fetched, and then the best match', async () => {
    expect(localeFor('fr-CA').messages).to.equal(en);
    expect(localeFor('fr-CA').language).to.equal('en');
    let told = 0;
    const unsubscribe = subscribeToMessages(() => (told += 1));
    await Promise.all([loadMessages('fr-CA'), loadMessages('fr')]);
    await loadMessages('FR');
    unsubscribe();
    expect(told).to.equal(1);
    expect(localeFor('fr-CA')).to.deep.equal({ messages: fr, language: 'fr-CA' });
    expect(localeFor('FR').messages).to.equal(fr);
  });

  it('is English if the language is unknown or missing', async () => {
    for (const language of ['', 'tlh', 'x-private', 'not a language']) {
      await loadMessages(language);
      expect(localeFor(language)).to.deep.equal({ messages: en, language: 'en' });
    }
    for (const illFormed of ['en-', 'en_GB', 'EN-!']) expect(localeFor(illFormed).messages).to.equal(en);
    expect(localeFor('en-').language).to.equal('en');
    expect(localeFor('en-GB')).to.deep.equal({ messages: en, language: 'en-GB' });
  });

  it('uses the script that its readers read', async () => {
    await loadMessages('zh-TW');
    expect(localeFor('zh-TW')).to.deep.equal({ messages: zhHant, language: 'zh-TW' });
    expect(localeFor('zh-HK').messages).to.equal(zhHant);
    await loadMessages('zh-CN');
    expect(localeFor('zh-CN').messages).to.equal(zh);
    registerMessages('zh', { padHint: '画一个数字' });
    expect(localeFor('zh-SG').messages.padHint).to.equal('画一个数字');
    expect(localeFor('zh-TW').messages.padHint).to.equal(zhHant.padHint);
    registerMessages('zh', {});
  });

  it("accepts the page's own messages, replacing some of its own or for another language", async () => {
    await loadMessages('es');
    registerMessages('es-MX', { padHint: 'Dibuja un número' });
    expect(localeFor('es-MX').messages.padHint).to.equal('Dibuja un número');
    expect(localeFor('es-MX').messages.undo).to.equal(es.undo);
    expect(localeFor('es').messages).to.equal(es);
    registerMessages('nl', { undo: 'Ongedaan maken' });
    expect(localeFor('nl-BE')).to.deep.include({ language: 'nl-BE' });
    expect(localeFor('nl-BE').messages.undo).to.equal('Ongedaan maken');
    expect(localeFor('nl-BE').messages.redo).to.equal(en.redo);
    expect(localeFor('nl')).to.have.property('messages', localeFor('nl').messages);
    // Tags that have been replaced since are still in use, as on old versions of Android.
    for (const registered of ['iw', 'he']) {
      registerMessages(registered, { undo: 'ביטול' });
      for (const lang of ['iw', 'iw-IL', 'iw-Hebr', 'he', 'he-IL']) {
        expect(localeFor(lang).messages.undo, `${lang} for ${registered}`).to.equal('ביטול');
      }
      registerMessages(registered, {});
    }
  });

  it('copies the messages: changing them afterwards has no effect', () => {
    const table = { undo: 'Terug', regions: [...en.regions] };
    registerMessages('nl', table as unknown as Partial<Messages>);
    table.undo = 'Anders';
    table.regions[0] = 'ergens';
    expect(localeFor('nl').messages).to.deep.include({ undo: 'Terug', regions: en.regions });
    registerMessages('nl', {});
  });

  it('rejects invalid messages, and keeps those that it has', async () => {
    for (const language of [null, undefined, 7, ['de']]) {
      const error: unknown = await loadMessages(language as unknown as string).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(MessagesError).and.have.property('code', 'invalid-language');
    }
    const { proxy: unreadable, revoke } = Proxy.revocable([], {});
    revoke();
    await loadMessages('en-');
    registerMessages('nl', { undo: 'Ongedaan maken', redo: undefined } as unknown as Partial<Messages>);
    for (const language of ['no language', '', 'en-', 7, null, undefined]) {
      expect(() => registerMessages(language as string, {}))
        .to.throw(MessagesError, 'language')
        .with.property('code', 'invalid-language');
    }
    for (const [table, name] of [
      [null, 'messages'],
      ['Wissen', 'messages'],
      [{ undo: 7 }, 'undo'],
      [{ undo: null }, 'undo'],
      [{ undo: () => 'Wissen' }, 'undo'],
      [{ answer: 'Wissen' }, 'answer'],
      [{ regions: 'boven' }, 'regions'],
      [{ regions: ['boven'] }, 'regions'],
      [{ regions: [...en.regions.slice(1), 7] }, 'regions'],
      [{ regions: unreadable }, 'regions'],
      [{ get undo(): never { throw new Error('It cannot be read.'); } }, 'messages'], // prettier-ignore
    ] as const) {
      expect(() => registerMessages('nl', table as unknown as Partial<Messages>))
        .to.throw(MessagesError, name)
        .with.property('code', 'invalid-table');
    }
    expect(localeFor('nl').messages).to.include({ undo: 'Ongedaan maken', redo: en.redo });
    registerMessages('nl', {});
  });
});
