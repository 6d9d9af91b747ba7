import { expect, html, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import {
  AttributeError,
  LearningError,
  RecognitionError,
  WriterProfile,
  type LearnedEvent,
} from '../../../src/index.js';
import type { DigitErrorEvent, DigitPad, DigitPredictions, DigitRecognizer } from '../../../src/index.js';
import { pageProfile } from '../../../src/learning/page-profiles.js';
import { openKeptProfile, type KeptProfile } from '../../../src/learning/kept-profile.js';
import { recognize } from '../../../src/recognition/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { pressKeys, setViewport } from '../../support/page.js';
import { sevenCanvas } from '../../support/picture-files.js';
import { drawnArrow, drawnSeven, drawOn } from '../../support/pointer.js';

const strokes = (drawn: readonly (readonly (readonly [number, number])[])[], left = 0) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: left + x * 280, y: y * 280 })) }));

describe('<digit-recognizer learn>', () => {
  let learned: LearnedEvent[];
  let errors: DigitErrorEvent[];

  const onLearned = (event: LearnedEvent): void => void learned.push(event);
  const onError = (event: DigitErrorEvent): void => void errors.push(event);

  const inner = <E extends Element>(host: DigitRecognizer, selector: string): E =>
    host.shadowRoot!.querySelector<E>(selector)!;
  const predictionsOf = (host: DigitRecognizer): ShadowRoot =>
    inner<DigitPredictions>(host, 'digit-predictions').shadowRoot!;
  const press = (host: DigitRecognizer, button: 'Clear' | 'Undo'): void =>
    inner<DigitPad>(host, 'digit-pad').shadowRoot!.querySelector<HTMLButtonElement>(`[aria-label=${button}]`)!.click();

  async function rest(host: DigitRecognizer): Promise<void> {
    await host.updateComplete;
    await host.recognitionComplete.catch(() => null);
    await rendered(host);
  }

  async function draw(host: DigitRecognizer, drawn: typeof drawnSeven | typeof drawnArrow): Promise<void> {
    await drawOn(inner<DigitPad>(host, 'digit-pad'), drawn);
    await rest(host);
  }

  async function pick(host: DigitRecognizer, digit: number): Promise<void> {
    predictionsOf(host).querySelector<HTMLElement>(`[data-digit="${digit}"]`)!.click();
    await rest(host);
  }

  /** A recognizer that has its own profile from the start. */
  async function open(profile: WriterProfile | null = new WriterProfile()): Promise<DigitRecognizer> {
    const host = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" correctable .profile=${profile}></digit-recognizer>`,
    );
    await host.updateComplete;
    return host;
  }

  beforeEach(async () => {
    // Some browsers render only visible content.
    await setViewport({ width: 800, height: 1300 });
    learned = [];
    errors = [];
    document.body.addEventListener('digit-learned', onLearned);
    document.body.addEventListener('digit-error', onError);
  });

  afterEach(() => {
    document.body.removeEventListener('digit-learned', onLearned);
    document.body.removeEventListener('digit-error', onError);
  });

  it('reads a rejected drawing as the user has corrected it, once the pad was cleared', async () => {
    const host = await open();
    await draw(host, drawnArrow);
    expect(host.recognition).to.include({ digit: null, learned: false });
    await pick(host, 4);
    expect(learned).to.be.empty;
    press(host, 'Clear');
    await rest(host);
    expect(learned.map(({ digit, predicted }) => [digit, predicted])).to.deep.equal([[4, null]]);
    expect(host.profile!.size).to.equal(1);
    await draw(host, drawnArrow);
    expect(host.value).to.equal('4');
    expect(host.recognition).to.include({ digit: 4, learned: true });
  });

  it('reports it visually and to assistive technology', async () => {
    const host = await open();
    await draw(host, drawnArrow);
    await pick(host, 4);
    host.clear();
    await draw(host, drawnArrow);
    const root = predictionsOf(host);
    expect(root.querySelector('[part=learned]')!.textContent).to.equal('Learned from your corrections');
    expect(root.querySelector('[role=status]')!.textContent).to.match(/^4, \d.*sure\. Learned from your corrections$/);
    await expect(host).to.be.accessible();
    host.clear();
    await draw(host, drawnSeven);
    expect(root.querySelector('[part=learned]')).to.equal(null);
  });

  it('says that it is not sure if it has learned so', async () => {
    const host = await open();
    await draw(host, drawnSeven);
    host.profile!.learn(host.recognition!, null);
    host.clear();
    await draw(host, drawnSeven);
    expect(host.recognition).to.include({ digit: null, learned: true });
    expect(predictionsOf(host).querySelector('[part~=not-sure]')!.textContent).to.equal('Not sure this is a digit');
    expect(predictionsOf(host).querySelector('[part=learned]')).to.equal(null);
  });

  it('learns no corrections that were removed', async () => {
    const host = await open();
    await draw(host, drawnArrow);
    await pick(host, 4);
    press(host, 'Undo');
    await rest(host);
    for (let left = host.strokes.length; left > 0; left--) host.undo();
    host.clear();
    await draw(host, drawnSeven);
    await pick(host, 1);
    await pick(host, 7);
    host.clear();
    await rest(host);
    expect(learned).to.be.empty;
    expect(host.profile!.size).to.equal(0);
  });

  it('learns the correction of a picture when its form is reset, too', async () => {
    const host = await open();
    await host.recognize(sevenCanvas());
    await rest(host);
    await pick(host, 1);
    host.formResetCallback();
    await rest(host);
    expect(learned.map(({ digit, predicted }) => [digit, predicted])).to.deep.equal([[1, 7]]);
  });

  it('learns nothing from a drawing that is continued', async () => {
    const host = await open();
    await draw(host, drawnArrow);
    await pick(host, 4);
    await draw(host, drawnSeven);
    host.clear();
    await rest(host);
    expect(learned).to.be.empty;
  });

  it('learns a typed digit, and when other strokes or a picture are read instead', async () => {
    const host = await open();
    await draw(host, drawnArrow);
    inner<DigitPad>(host, 'digit-pad').focus();
    await pressKeys('4');
    await rest(host);
    host.strokes = strokes(drawnSeven);
    await rest(host);
    expect(learned.map(({ digit }) => digit)).to.deep.equal([4]);
    await pick(host, 1);
    await host.recognize(new ImageData(28, 28));
    expect(learned.map(({ digit, predicted }) => [digit, predicted])).to.deep.equal([
      [4, null],
      [1, 7],
    ]);
  });

  it('learns when the form is submitted, once', async () => {
    const form = await fixture<HTMLFormElement>(
      html`<form>
        <digit-recognizer backend="wasm" name="digit" correctable .profile=${new WriterProfile()}></digit-recognizer>
      </form>`,
    );
    // As client-side frameworks do, whose pages never leave.
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
    });
    const host = form.querySelector('digit-recognizer')!;
    await draw(host, drawnArrow);
    await pick(host, 4);
    form.requestSubmit();
    expect(learned.map(({ digit }) => digit)).to.deep.equal([4]);
    await pick(host, 5);
    await pick(host, 4);
    host.clear();
    expect(learned).to.have.length(1);
  });

  it('learns one digit of a number', async () => {
    const host = await open();
    host.multiple = true;
    host.strokes = [...strokes(drawnSeven), ...strokes(drawnArrow, 400)];
    await rest(host);
    expect(host.recognitions.map(({ digit }) => digit)).to.deep.equal([7, null]);
    await pick(host, 4);
    host.clear();
    expect(learned.map(({ digit }) => digit)).to.deep.equal([4]);
    host.strokes = [...strokes(drawnSeven), ...strokes(drawnArrow, 400)];
    await rest(host);
    expect(host.value).to.equal('74');
    expect(host.recognitions.map(({ learned: own }) => own)).to.deep.equal([false, true]);
  });

  it('starts over with a new profile, and leaves the old one to the previous user', async () => {
    const first = new WriterProfile();
    const host = await open(first);
    await draw(host, drawnArrow);
    await pick(host, 4);
    host.profile = new WriterProfile();
    await rest(host);
    host.clear();
    await draw(host, drawnArrow);
    expect(learned).to.have.length(1);
    expect(first.size).to.equal(1);
    expect(host.profile.size).to.equal(0);
    expect(host.recognition!.learned).to.equal(false);
  });

  it('shares lessons with all recognizers of the page', async () => {
    const both = await fixture<HTMLElement>(
      html`<div>
        <digit-recognizer backend="wasm" correctable learn></digit-recognizer>
        <digit-recognizer backend="wasm" correctable learn></digit-recognizer>
      </div>`,
    );
    const [one, other] = both.querySelectorAll('digit-recognizer');
    await waitUntil(() => one.profile && other.profile);
    expect(one.profile).to.equal(other.profile);
    one.profile!.forget();
    await draw(one, drawnArrow);
    await pick(one, 4);
    one.clear();
    await draw(other, drawnArrow);
    expect(other.value).to.equal('4');
    one.profile!.forget();
  });

  it('stores lessons under a name', async () => {
    const name = `learning.test ${Date.now()}`;
    const host = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" correctable learn=${name}></digit-recognizer>`,
    );
    await waitUntil(() => host.profile);
    await draw(host, drawnArrow);
    await pick(host, 4);
    host.clear();
    const profile = host.profile as KeptProfile;
    await profile.written;
    const kept = openKeptProfile(WriterProfile, name, profile.model!);
    await kept.ready;
    expect(kept.size).to.equal(1);
    profile.forget();
    await profile.written;
  });

  it('reports once that it cannot be fetched, and retries when the device is online again', async () => {
    const host = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" correctable learn></digit-recognizer>`,
    );
    await waitUntil(() => host.profile);
    await draw(host, drawnArrow);
    const missing = pageProfile('missing', host.recognition!.features!.model, openKeptProfile);
    const becomesReady = (ready: Promise<void>): void => {
      ready.catch(() => {});
      Object.defineProperty(missing, 'ready', { value: ready, configurable: true });
    };
    becomesReady(Promise.reject(new RecognitionError('network', 'The code was not there.')));
    host.learn = 'missing';
    await draw(host, drawnArrow);
    host.requestUpdate();
    await rest(host);
    expect(errors.map(({ error }) => error.message)).to.deep.equal(['The code was not there.']);
    expect(host.profile).to.equal(null);
    becomesReady(Promise.resolve());
    dispatchEvent(new Event('online'));
    await waitUntil(() => host.profile);
    expect(host.profile).to.equal(missing);
  });

  it('takes true, as JSX passes it, for the attribute without a value', async () => {
    const host = await open(null);
    Object.assign(host, { learn: true });
    await host.updateComplete;
    expect(host.getAttribute('learn')).to.equal('');
    Object.assign(host, { learn: false });
    await host.updateComplete;
    expect(host.learn).to.equal(null);
    expect(host.hasAttribute('learn')).to.be.false;
  });

  it('takes undefined, as frameworks pass it, for no name', async () => {
    const host = await open(null);
    host.learn = '';
    await host.updateComplete;
    await waitUntil(() => host.profile);
    host.learn = undefined as never;
    await host.updateComplete;
    expect(host.learn).to.equal(null);
    await rest(host);
    expect(host.profile).to.equal(null);
  });

  it('gives a correction to the name that it was made under', async () => {
    const host = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" correctable learn="first of two"></digit-recognizer>`,
    );
    await waitUntil(() => host.profile);
    const first = host.profile!;
    const { size } = first;
    await draw(host, drawnArrow);
    await pick(host, 4);
    host.setAttribute('learn', 'second of two');
    await host.updateComplete;
    expect(host.profile).to.equal(null);
    expect(first.size).to.equal(size + 1);
    await waitUntil(() => host.profile);
    await rest(host);
    host.clear();
    expect(learned).to.have.length(1);
    for (const profile of [first, host.profile!]) profile.forget();
  });

  it('learns drawings from before learning was enabled', async () => {
    const host = await fixture<DigitRecognizer>(html`<digit-recognizer backend="wasm" correctable></digit-recognizer>`);
    await draw(host, drawnArrow);
    expect(host.recognition!.features).to.equal(null);
    expect(host.profile).to.equal(null);
    host.profile = new WriterProfile();
    await waitUntil(() => host.recognition?.features);
    await pick(host, 4);
    host.clear();
    expect(host.profile.size).to.equal(1);
  });

  it('reports once that a profile belongs to another model, and reads on without it', async () => {
    const profile = new WriterProfile();
    const recognition = await recognize(strokes(drawnArrow), { backend: 'wasm', profile });
    profile.learn({ ...recognition, features: { ...recognition.features!, model: 'another' } }, 4);
    const host = await open(profile);
    await draw(host, drawnSeven);
    expect(errors).to.have.length(1);
    expect(errors[0].error).to.be.instanceOf(LearningError).with.property('code', 'other-model');
    expect(host.value).to.equal('7');
    host.clear();
    await draw(host, drawnSeven);
    expect(errors).to.have.length(1);
  });

  it('rejects an invalid profile, and keeps the current one', async () => {
    const host = await fixture<DigitRecognizer>(html`<digit-recognizer></digit-recognizer>`);
    const profile = new WriterProfile();
    host.profile = profile;
    for (const wrong of [{}, [], 5, 'x', () => null]) {
      expect(() => (host.profile = wrong as unknown as WriterProfile))
        .to.throw(AttributeError, 'profile')
        .with.property('code', 'invalid-value');
    }
    expect(host.profile).to.equal(profile);
  });
});
