import { expect } from '@open-wc/testing';
import { hasMethod, readOptions, readParts } from '../../src/utils/index.js';
import { refusing, revoked } from '../support/hostile.js';

class CodeError extends Error {
  constructor(
    readonly code: 'invalid-option',
    message: string,
  ) {
    super(message);
  }
}

const notObjects: readonly unknown[] = [undefined, null, true, 7, 7n, 'text', Symbol('x'), () => {}];
const hostile: readonly object[] = [refusing, revoked];

describe('readParts', () => {
  it('reads the named properties, inherited ones too, and no others', () => {
    const whole = Object.assign(Object.create({ width: 280 }) as { width: number }, { height: 140, depth: 1 });
    expect(readParts(whole, ['width', 'height'])).to.deep.equal({ width: 280, height: 140 });
  });

  it('reads each once, so that a value that is checked cannot change afterwards', () => {
    let reads = 0;
    const whole = {
      get width() {
        reads += 1;
        return reads;
      },
    };
    const parts = readParts(whole, ['width']);
    expect([parts?.width, parts?.width, reads]).to.deep.equal([1, 1, 1]);
  });

  it('returns null for what is no object, or cannot be read', () => {
    for (const value of [...notObjects, ...hostile]) {
      expect(readParts(value as Record<string, unknown>, ['width'])).to.equal(null);
    }
  });
});

describe('hasMethod', () => {
  it('finds own and inherited methods', () => {
    expect(hasMethod({ read: () => 7 }, 'read')).to.equal(true);
    expect(hasMethod(new Map(), 'get')).to.equal(true);
  });

  it('finds nothing else, and throws for no value', () => {
    for (const value of [{ read: 7 }, {}, ...notObjects, ...hostile]) {
      expect(hasMethod(value, 'read')).to.equal(false);
    }
  });
});

describe('readOptions', () => {
  const read = (options: unknown): unknown =>
    readOptions(options as { size?: number }, ['size'], CodeError, 'invalid-option');

  it('reads the named options; all may be left out', () => {
    expect(read({ size: 64, other: 1 })).to.deep.equal({ size: 64 });
    expect(read({})).to.deep.equal({ size: undefined });
    expect(read(undefined)).to.deep.equal({});
  });

  it('throws the given error, with its code, for what is no object, or cannot be read', () => {
    for (const value of [...notObjects.slice(1), ...hostile]) {
      expect(() => read(value))
        .to.throw(CodeError, /^The argument options is .+; it can be an object, or left out\.$/)
        .with.property('code', 'invalid-option');
    }
  });
});
