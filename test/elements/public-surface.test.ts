/**
 * The public surface rejects any invalid value with one of the package's own errors, whose code is meant for programs.
 * Everything that `src/index.ts` exports is tested, without being listed here.
 */
import { expect, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import '../../src/define.js';
import * as surface from '../../src/index.js';
import { refusing, revoked } from '../support/hostile.js';
import { wait } from '../support/wait.js';

type Surface = typeof surface;
type Callable = (...values: unknown[]) => unknown;
/**
 * Valid values for each parameter, and the valid members of objects; each is replaced by invalid ones, one at a time.
 */
type Arguments = readonly unknown[];

const strokes = [{ points: [20, 80, 140, 200, 260].map((y) => ({ x: 140, y })) }];
const images = new Float32Array(784);
const frame = { width: 280, height: 280 };

const wrong: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  1e9,
  NaN,
  Infinity,
  10n,
  '',
  'x',
  '-1',
  Symbol('x'),
  () => {},
  [],
  [null],
  [{}],
  {},
  Object.create(null),
  { points: null },
  new Date(NaN),
  new Float32Array(3),
  refusing,
  revoked,
];

const errors = new Set(
  Object.values(surface).filter((value): boolean => typeof value === 'function' && value.prototype instanceof Error),
);

/** Returns what is wrong with a thrown value; null if it is one of the package's errors, with a code. */
function untyped(thrown: unknown): string | null {
  const typed =
    thrown instanceof Error &&
    errors.has(thrown.constructor as never) &&
    typeof Reflect.get(thrown, 'code') === 'string';
  return typed ? null : thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

/** Whether it can be converted to text, as `new Error()` does, and its properties can be read. */
function isSaid(value: unknown): boolean {
  try {
    return `${value as string}${Reflect.get(Object(value) as object, 'code')}` !== null;
  } catch {
    return false;
  }
}

function describeWrong(value: unknown): string {
  if (value === refusing) return 'a proxy that throws';
  if (value === revoked) return 'a proxy that is revoked';
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value);
}

/** Replaces each argument, and each member of object arguments, by each invalid value. */
function* replaced(
  valid: Arguments,
): Generator<{ readonly what: string; readonly values: unknown[]; readonly changed: unknown }> {
  for (const [index, argument] of valid.entries()) {
    for (const value of wrong) {
      yield {
        what: `argument ${index}: ${describeWrong(value)}`,
        values: valid.toSpliced(index, 1, value),
        changed: value,
      };
      if (Object.getPrototypeOf(argument ?? images) !== Object.prototype) continue;
      for (const key of Object.keys(argument as object)) {
        const changed = { ...(argument as object), [key]: value };
        yield {
          what: `argument ${index}, ${key}: ${describeWrong(value)}`,
          values: valid.toSpliced(index, 1, changed),
          changed: value,
        };
      }
    }
  }
}

/** What calls have returned that has not settled yet. */
const pending = new Set<Promise<void>>();

/** What was wrong with promises that settled after their own test. */
const lateFaults: string[] = [];

/**
 * Tries a call with all invalid arguments. Returns what it threw, or rejected with, that was not one of the package's
 * errors. What takes longer is noted in `lateFaults`.
 */
async function faultsOf(name: string, valid: Arguments, call: Callable): Promise<string[]> {
  const faults: string[] = [];
  let found = faults;
  const note = (what: string, thrown: unknown): void => {
    const fault = untyped(thrown);
    if (fault) found.push(`${name}, ${what} gave ${fault}`);
  };
  for (const { what, values } of replaced(valid)) {
    try {
      const returned = call(...values);
      if (values.includes(returned)) continue;
      const settled = Promise.resolve(returned)
        .then(
          () => {},
          (thrown: unknown) => note(what, thrown),
        )
        .finally(() => pending.delete(settled));
      pending.add(settled);
      // Some seemingly invalid values are valid, and take time.
      await Promise.race([settled, wait(50)]);
    } catch (thrown) {
      note(what, thrown);
    }
  }
  found = lateFaults;
  return faults;
}

const recognizeOptions = { model: 'compact', backend: 'wasm', signal: undefined, alwaysAnswer: false, profile: null };
const service = (): surface.InferenceService => surface.InferenceService.shared({ backend: 'wasm' });
const recognition = await surface.recognize(strokes, { backend: 'wasm', profile: new surface.WriterProfile() });

/** Arguments of functions, constructors and static methods that take any. */
const functions: Partial<Record<string, Arguments>> = {
  recognize: [strokes, recognizeOptions],
  recognizeAll: [strokes, recognizeOptions],
  strokesToSVG: [strokes, { frame, penWidth: 12, ink: '#000', paper: null }],
  strokesToPNG: [strokes, { frame, penWidth: 12, ink: '#000', paper: null, size: 64 }],
  registerMessages: ['qaa', { undo: 'Back', regions: undefined }],
  loadMessages: ['de'],
  'InferenceService.shared': [{ model: 'compact', backend: 'wasm' }],
  'WriterProfile.fromJSON': [JSON.parse(JSON.stringify(new surface.WriterProfile()))],
};

/** Arguments of the constructors of events and errors. */
const data: Partial<Record<string, Arguments>> = {
  CorrectionEvent: [{ digit: 7, by: 'typed' }, recognition, strokes],
  DigitErrorEvent: [new surface.DrawingError('network', 'It is offline.')],
  DigitTypedEvent: [7],
  InkEvent: [strokes, false],
  LearnedEvent: [7, 1],
  RecognitionEvent: [recognition, [recognition]],
  StatusEvent: ['ready'],
  AttributeError: ['invalid-value', 'value', 'x', 'digits'],
  DrawingError: ['network', 'It is offline.', { cause: 1 }],
  ImagingError: ['invalid-image', 'It has no width.'],
  InferenceError: ['network', 'It is offline.', { url: '/model.onnx', cause: 1 }],
  LearningError: ['invalid-digit', 'It is no digit.', { cause: 1 }],
  MessagesError: ['invalid-table', 'It is no table.', { cause: 1 }],
  RecognitionError: ['network', 'It is offline.', { cause: 1 }],
};

/** Arguments of methods that take any. */
const methods: Partial<Record<string, Arguments>> = {
  'InferenceService.infer': [images, 1, { signal: undefined }],
  'InferenceService.run': [images, 1, { signal: undefined, features: false }],
  'WriterProfile.learn': [recognition, 7],
  'WriterProfile.apply': [recognition, 0],
  'DigitPad.clear': [{ history: false }],
  'DigitPad.fromJSON': [{ ...frame, strokes }],
  'DigitPad.toSVG': [{ transparent: false }],
  'DigitPad.toPNG': [{ size: 64, transparent: false }],
  'DigitPad.replay': [{ speed: 100 }],
  'DigitRecognizer.clear': [{ history: false }],
  'DigitRecognizer.recognize': [strokes],
  'DigitRecognizer.setCustomValidity': [''],
};

const instances: Partial<Record<keyof Surface, () => object>> = {
  InferenceService: service,
  WriterProfile: () => new surface.WriterProfile(),
};

type Class = CustomElementConstructor & { readonly observedAttributes?: readonly string[] };

const isClass = (value: unknown): value is Class => /^class\b/.test(Function.prototype.toString.call(value));
const isElement = (value: unknown): value is Class => isClass(value) && value.prototype instanceof HTMLElement;

/** Also if all of them have defaults. */
const takesArguments = (method: Callable): boolean =>
  !/^(?:async\s+)?[\w$]+\s*\(\s*\)/.test(Function.prototype.toString.call(method));

/** Internal, though accessible. */
const internal = new Set(['constructor', 'report']);

/** The members of a class, except those from the platform and from Lit. */
function membersOf({ prototype }: Class): Map<string, PropertyDescriptor> {
  const members = new Map<string, PropertyDescriptor>();
  for (
    let each = prototype as object;
    each !== LitElement.prototype && each !== EventTarget.prototype && each !== Object.prototype;
    each = Object.getPrototypeOf(each) as object
  ) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (!internal.has(name) && !name.endsWith('Callback') && !(name in LitElement.prototype) && !members.has(name))
        members.set(name, descriptor);
    }
  }
  return members;
}

describe('the public surface', () => {
  for (const [name, value] of Object.entries(surface)) {
    if (!isClass(value)) {
      it(`${name}() throws nothing but errors with a code`, async () => {
        expect(functions, `the valid arguments of ${name}()`).to.have.property(name);
        expect(await faultsOf(name, functions[name]!, value as Callable)).to.deep.equal([]);
      });
      continue;
    }
    for (const method of Object.getOwnPropertyNames(value).filter(
      (each) => typeof Reflect.get(value, each) === 'function',
    )) {
      if (isElement(value)) continue;
      it(`${name}.${method}() throws nothing but errors with a code`, async () => {
        const valid = functions[`${name}.${method}`];
        expect(valid, `the valid arguments of ${name}.${method}()`).to.exist;
        const call: Callable = (...values) => (Reflect.get(value, method) as Callable).apply(value, values);
        expect(await faultsOf(`${name}.${method}`, valid!, call)).to.deep.equal([]);
      });
    }
    if (value.prototype instanceof Error || value.prototype instanceof Event) continue;

    describe(name, () => {
      let instance: object;

      beforeEach(async () => {
        instance = isElement(value) ? new value() : instances[name as keyof Surface]!();
        if (instance instanceof LitElement) {
          Object.assign(instance, { backend: 'wasm' });
          document.body.append(instance);
          await instance.updateComplete;
        }
      });

      afterEach(() => {
        if (instance instanceof HTMLElement) instance.remove();
      });

      for (const [member, descriptor] of membersOf(value)) {
        const method: unknown = descriptor.value;
        if (typeof method === 'function' && takesArguments(method as Callable)) {
          it(`${member}() throws nothing but errors with a code`, async () => {
            const valid = methods[`${name}.${member}`];
            expect(valid, `the valid arguments of ${name}.${member}()`).to.exist;
            const call: Callable = (...values) => (method as Callable).apply(instance, values);
            expect(await faultsOf(`${name}.${member}`, valid!, call)).to.deep.equal([]);
          });
        }
        if (descriptor.set && !(value as typeof LitElement).elementProperties?.get(member)?.state) {
          it(`${member} throws nothing but errors with a code, when set and when rendered`, async () => {
            const valid: unknown = Reflect.get(instance, member);
            const faults = await faultsOf(`${name}.${member}`, [valid], async (given) => {
              Object.assign(instance, { [member]: given });
              if (instance instanceof LitElement) await instance.updateComplete;
            });
            expect(faults).to.deep.equal([]);
          });
        }
      }

      for (const attribute of (isElement(value) && value.observedAttributes) || []) {
        it(`the attribute ${attribute} throws nothing, whatever its value`, async () => {
          const element = instance as LitElement;
          const reported: unknown[] = [];
          element.addEventListener('digit-error', (event) => reported.push(event.error));
          for (const given of ['', 'x', '-1', '1e999', 'NaN', '\u0000', 'x'.repeat(10_000), ':', '\ud800']) {
            element.setAttribute(attribute, given);
            await element.updateComplete;
          }
          expect(reported.map(untyped).filter((fault) => fault !== null)).to.deep.equal([]);
        });
      }
    });
  }

  for (const [name, value] of Object.entries(surface)) {
    if (!isClass(value) || !(value.prototype instanceof Error || value.prototype instanceof Event)) continue;
    it(`${name} is plain data: it accepts whatever can be read and converted to text`, () => {
      const valid = data[name];
      expect(valid, `the valid arguments of new ${name}()`).to.exist;
      const make = (values: Arguments): Error | Event =>
        new (value as unknown as Callable & typeof Error)(...(values as []));
      const held = valid!.at(value.prototype instanceof Error ? 0 : -1);
      expect(Object.values(make(valid!)).includes(held)).to.be.true;
      for (const { what, values, changed } of replaced(valid!)) {
        try {
          expect(make(values), what).to.be.instanceOf(value);
        } catch (thrown) {
          if (isSaid(changed)) throw thrown;
        }
      }
    });
  }

  it('has a service constructor that throws nothing but errors with a code', async () => {
    const construct = (options: unknown): unknown => new surface.InferenceService(options as never);
    expect(await faultsOf('InferenceService', [{ model: 'compact', backend: 'wasm' }], construct)).to.deep.equal([]);
  });
});

describe('what the public surface has returned', () => {
  it('rejects with nothing but errors with a code, however late', async () => {
    await waitUntil(() => pending.size === 0, 'every promise settles', { timeout: 10_000 });
    expect(lateFaults).to.deep.equal([]);
  });
});
