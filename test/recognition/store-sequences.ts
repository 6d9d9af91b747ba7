import fc from 'fast-check';
import type { Strokes } from '../../src/drawing/index.js';
import { normalizeStrokes } from '../../src/imaging/index.js';
import { nextTask } from '../../src/utils/index.js';
import type { RecognitionService } from '../../src/recognition/reading-loop.js';
import { RecognitionStore } from '../../src/recognition/index.js';
import { loadSource, normalizeContent } from '../../src/sources/source.js';
import { FakeService } from './fake-service.js';
import { slowPicture } from './slow-picture.js';

const FRAME = { width: 280, height: 280 };

/** Actions of a user, a page, a network and a service on a store. */
export type Command =
  | { readonly do: 'begin' | 'move'; readonly x: number; readonly y: number }
  | { readonly do: 'lift' | 'discard' | 'erase' | 'undo' | 'redo' | 'clear' | 'page clear' | 'reset' }
  | { readonly do: 'type' | 'pick' | 'set'; readonly digit: number }
  | { readonly do: 'take back' | 'answer' | 'fail' | 'stall' | 'go on' | 'retry' }
  | { readonly do: 'swap model' | 'refuse' | 'disconnect' | 'connect' | 'toggle disabled' }
  | { readonly do: 'hand over' | 'page hands over' | 'decode' | 'break' };

const coordinate = fc.integer({ min: 0, max: 27 }).map((step) => step * 10);
const digit = fc.integer({ min: 0, max: 9 });
const named = <Name extends string>(...names: Name[]): fc.Arbitrary<{ do: Name }> =>
  fc.constantFrom(...names).map((name) => ({ do: name }));

export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constantFrom('begin' as const, 'move' as const), x: coordinate, y: coordinate }),
    },
    { weight: 5, arbitrary: named('lift', 'answer') },
    { weight: 2, arbitrary: named('discard') },
    { weight: 3, arbitrary: named('erase', 'undo', 'redo', 'clear', 'page clear', 'reset', 'take back') },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('type' as const, 'pick' as const, 'set' as const), digit }),
    },
    { weight: 3, arbitrary: named('fail', 'stall', 'go on', 'retry') },
    { weight: 2, arbitrary: named('swap model', 'refuse', 'disconnect', 'connect', 'toggle disabled') },
    { weight: 3, arbitrary: named('hand over', 'page hands over', 'decode', 'decode', 'break') },
  ),
  { maxLength: 20 },
);

/** Commands that do not determine the value while the pen is down. */
const leaveTheValue: ReadonlySet<Command['do']> = new Set([
  'move',
  'answer',
  'fail',
  'stall',
  'go on',
  'retry',
  'swap model',
  'refuse',
  'disconnect',
  'connect',
  'toggle disabled',
  'hand over',
  'page hands over',
  'decode',
  'break',
]);

/** Lets all pending promise callbacks run, and reading begin, but no timers. */
async function tick(): Promise<void> {
  await nextTask();
  for (let turn = 0; turn < 24; turn++) await Promise.resolve();
}

/** A fake network: its answer depends on every pixel, and on the model; null for a non-digit. */
function readBy(model: string, image: Float32Array): number | null {
  const sum = image.reduce((total, value, index) => (total + Math.round(value * 255) * (index + 1)) % 1_000_003, 0);
  const digit = (sum + model.length) % 11;
  return digit === 10 ? null : digit;
}

class ScriptedService extends FakeService implements RecognitionService {
  override leastEnergy = 15;
  readonly #model: string;
  #goOn: (() => void)[] = [];
  stalls = false;

  constructor(model: string) {
    super();
    this.#model = model;
  }

  override load = (): Promise<void> =>
    this.stalls ? new Promise((resolve) => this.#goOn.push(resolve)) : Promise.resolve();

  override infer(image: Float32Array, count: number, options: { signal?: AbortSignal } = {}): Promise<Float32Array> {
    const answered = super.infer(image, count, options);
    // An answer that nobody waits for any longer is not a failure of the test.
    answered.catch(() => {});
    return answered;
  }

  goOn(): void {
    this.stalls = false;
    for (const each of this.#goOn.splice(0)) each();
  }

  answer(): void {
    const request = this.requests.shift();
    if (!request) return;
    const digit = readBy(this.#model, request.image);
    void request.answer(digit ?? 0, digit === null ? 5 : 20);
  }

  fail(): void {
    void this.requests.shift()?.fail(new Error('The network stumbled.'));
  }
}

/** A model of the drawing: strokes with their history, to which the ink is compared after each command. */
class InkModel {
  past: Strokes[] = [];
  present: Strokes = [];
  future: Strokes[] = [];

  record(strokes: Strokes): void {
    this.past.push(this.present);
    this.present = strokes;
    this.future = [];
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.present);
    this.present = before;
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.present);
    this.present = after;
  }
}

/** A picture, and the input that the networks get from it. */
async function pictureOf() {
  const picture = await slowPicture();
  const content = loadSource(picture.source);
  picture.decode();
  return { ...picture, image: (await normalizeContent(await content)).pixels };
}

let handedOver: ReturnType<typeof pictureOf> | null = null;

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Runs commands on a store, and throws if it lies, loses something or gets stuck. */
export async function runCommands(sequence: readonly Command[]): Promise<void> {
  const services = { compact: new ScriptedService('compact'), reference: new ScriptedService('reference') };
  let model: keyof typeof services = 'compact';
  let refused = false;
  const store = new RecognitionStore((options) => services[options.model as typeof model]);
  const configure = (): void => store.configure({ model }, refused ? new Error('There is no such model.') : null);
  configure();
  store.connect();

  const picture = await (handedOver ??= pictureOf());
  while (picture.waiting() > 0) picture.fail();
  /** For each picture to be decoded, whether it still counts. */
  const offers: { counts: boolean; byUser: boolean }[] = [];
  /** Whether the user's picture could not be decoded, so that `retry` decodes it again. */
  let declined = false;
  /** Whether a picture is read instead of ink. */
  let pictured = false;
  const isOffered = (): boolean => offers.some(({ counts }) => counts);
  const giveUp = (): void => {
    for (const offer of offers) offer.counts = false;
    declined = false;
  };

  const ink = new InkModel();
  const images = new Map<Strokes, Float32Array>();
  /** Corrections and values since the ink was last changed. */
  let said: string | null = null;
  /** What the stroke under the pen has replaced; null once anything else has changed. */
  let replaced: {
    readonly said: string | null;
    readonly pictured: boolean;
    readonly offer: (typeof offers)[number] | undefined;
    readonly declined: boolean;
  } | null = null;
  /** Inks that the current one continues. */
  let begun: Strokes[] = [];
  const present = (): Strokes => store.ink.snapshot.strokes;
  const imageOf = (strokes: Strokes): Float32Array => {
    if (!images.has(strokes)) images.set(strokes, normalizeStrokes(strokes).pixels);
    return images.get(strokes)!;
  };
  const readOf = (strokes: Strokes, by = model): string =>
    strokes.length === 0 ? '' : String(readBy(by, imageOf(strokes)) ?? '');
  const readOfSource = (): string => (pictured ? String(readBy(model, picture.image) ?? '') : readOf(present()));
  const isOfBegunInk = (value: string): boolean =>
    begun.some((strokes) => readOf(strokes, 'compact') === value || readOf(strokes, 'reference') === value);

  const invariants = (): void => {
    const { value, settled, empty, recognitions, digits, error, status, decoding } = store.snapshot;
    const { drawing } = store.ink.snapshot;
    check(present().length === ink.present.length + Number(drawing && !erasing), 'no stroke is lost or invented');
    check(decoding === isOffered(), 'knows the source being decoded');
    if (isOffered()) {
      check(value === '' && !settled && !empty, `has the value '${value}' while a picture is decoded`);
      return;
    }
    if (said !== null) {
      check(drawing || (settled && value === said), `what was said counts: ${value} is not ${said}`);
      return;
    }
    if (pictured) {
      check(value === (settled ? readOfSource() : ''), `'${value}' is not of the picture`);
      return;
    }
    if (present().length === 0) {
      check(value === '' && recognitions.length === 0 && digits.length === 0, `an empty pad has the value '${value}'`);
      check(empty && (settled || drawing), 'an empty pad is settled');
      return;
    }
    if (drawing) check(value === '' || isOfBegunInk(value), `${value} is of other ink`);
    else check(value === (settled ? readOf(present()) : ''), `'${value}' is not of the ink on the pad`);
    check(
      recognitions.every(({ image }) => begun.some((strokes) => same(image, imageOf(strokes)))),
      'shows other ink',
    );
    check(!settled || !drawing, 'is settled while the pen is down');
    check((error !== null) === (status === 'error'), 'the status reports the error');
  };

  let erasing = false;
  const lift = (): void => {
    if (store.ink.snapshot.drawing && (!erasing || present() !== ink.present)) ink.record(present());
    erasing = false;
  };

  const isBegunBy = (strokes: Strokes): boolean => strokes.length > 0 && isBegun(strokes, present());
  const restore = (stroke: typeof replaced): void => {
    ({ said, pictured } = stroke ?? { said: null, pictured: false });
    if (!stroke) giveUp();
    else if (!isOffered() && !declined) {
      // A picture that was decoded during the stroke is lost.
      if (stroke.offer && offers.includes(stroke.offer)) stroke.offer.counts = true;
      declined = stroke.declined;
    }
    begun = begun.filter(isBegunBy);
  };

  const run = async (command: Command): Promise<void> => {
    const before = present();
    const touched = store.ink.snapshot.drawing;
    const stroke = replaced;
    if (!leaveTheValue.has(command.do)) replaced = null;
    switch (command.do) {
      case 'begin':
        replaced = touched ? null : { said, pictured, offer: offers.find(({ counts }) => counts), declined };
        lift();
        store.ink.beginStroke({ x: command.x, y: command.y }, FRAME);
        break;
      case 'discard':
        if (!touched) break;
        store.ink.discardStroke();
        restore(stroke);
        return;
      case 'move':
        store.ink.extendStroke([{ x: command.x, y: command.y }]);
        break;
      case 'lift':
        lift();
        store.ink.endStroke();
        break;
      case 'erase':
        lift();
        if (present().length === 0) break;
        store.ink.beginErasing();
        store.ink.erase(present().slice(0, 1));
        erasing = true;
        lift();
        store.ink.endStroke();
        break;
      case 'undo':
      case 'redo':
        lift();
        store[command.do]('user');
        ink[command.do]();
        if (!touched || command.do === 'redo') break;
        // Takes the stroke back, as if it had been discarded.
        restore(stroke);
        return;
      case 'clear':
      case 'page clear':
        lift();
        if (present().length > 0) ink.record([]);
        store.clear(command.do === 'clear' ? 'user' : 'page');
        said = null;
        pictured = false;
        giveUp();
        break;
      case 'reset':
        store.reset();
        Object.assign(ink, { past: [], present: [], future: [] });
        erasing = false;
        said = null;
        pictured = false;
        giveUp();
        break;
      case 'type':
        store.correct(command.digit, 'typed');
        said = String(command.digit);
        giveUp();
        break;
      case 'pick': {
        store.correct(command.digit, 'picked');
        const agrees = store.snapshot.correction === null;
        check(!agrees || readOfSource() === String(command.digit), `the choice of ${command.digit} is forgotten`);
        said = agrees ? null : String(command.digit);
        giveUp();
        break;
      }
      case 'set':
        store.set([command.digit]);
        said = String(command.digit);
        giveUp();
        break;
      case 'take back':
        store.correct(null);
        said = null;
        giveUp();
        break;
      case 'answer':
        services[model].answer();
        break;
      case 'fail':
        services[model].fail();
        break;
      case 'stall':
        services[model].stalls = true;
        break;
      case 'go on':
        services[model].goOn();
        break;
      case 'retry':
        if (declined) offers.push({ counts: true, byUser: true });
        declined = false;
        store.retry();
        break;
      case 'swap model':
        services[model].requests.length = 0;
        model = model === 'compact' ? 'reference' : 'compact';
        configure();
        break;
      case 'refuse':
        refused = !refused;
        configure();
        break;
      case 'disconnect':
      case 'connect':
        store[command.do]();
        break;
      case 'toggle disabled':
        store.setPartSettings({ disabled: !store.snapshot.disabled });
        break;
      case 'hand over':
      case 'page hands over':
        giveUp();
        offers.push({ counts: true, byUser: command.do === 'hand over' });
        store.recognize(picture.source, command.do === 'hand over' ? 'user' : 'page').catch(() => {});
        break;
      case 'decode':
        if (offers[0]?.counts) lift();
        picture.decode();
        if (!offers.shift()?.counts) break;
        replaced = null;
        await tick();
        if (ink.present.length > 0) ink.record([]);
        pictured = true;
        said = null;
        break;
      case 'break': {
        picture.fail();
        const offer = offers.shift();
        if (!offer?.counts) break;
        await tick();
        declined = offer.byUser;
        break;
      }
    }
    if (present() === before) return;
    giveUp();
    if (command.do !== 'decode') pictured = false;
    said = null;
    begun = [...begun, before, present()].filter(isBegunBy);
  };

  for (const command of sequence) {
    await run(command);
    invariants();
    await tick();
    invariants();
  }

  // Once the pen is up, and everything works again, there is an answer, and it belongs to the ink.
  lift();
  store.ink.endStroke();
  await run({ do: 'retry' });
  while (offers.length > 0) await run({ do: 'decode' });
  refused = false;
  configure();
  const complete = store.complete.then(
    () => true,
    () => true,
  );
  store.retry();
  for (const service of Object.values(services)) service.goOn();
  for (let turn = 0; turn < 4; turn++) {
    await tick();
    while (services[model].requests.length > 0) services[model].answer();
  }
  await tick();
  check(await Promise.race([complete, tick().then(() => false)]), 'recognitionComplete never settles');
  check(!store.ink.snapshot.drawing, 'the pen is still down');
  // While disconnected, nothing is read, except on request.
  const last = store.complete;
  await tick();
  services[model].answer();
  await last;
  check(store.snapshot.value === (said ?? readOfSource()), `at last, '${store.snapshot.value}' is not of the ink`);
  store.disconnect();
  check(
    Object.values(services).every(({ users }) => users === 0),
    'a service is still held',
  );
}

/** Whether `newer` begins with `older`. */
function isBegun(older: Strokes, newer: Strokes): boolean {
  return older.length <= newer.length && older.every(({ points }, index) => points[0] === newer[index].points[0]);
}

function same(some: Float32Array, others: Float32Array): boolean {
  return some.every((value, index) => value === others[index]);
}
