import { expect } from '@open-wc/testing';
import { describeValue } from '../../src/utils/index.js';
import { refusing, revoked } from '../support/hostile.js';

describe('describeValue', () => {
  it('quotes strings, and truncates long ones', () => {
    expect(describeValue('a "7"')).to.equal('"a \\"7\\""');
    expect(describeValue('x'.repeat(60))).to.equal(`"${'x'.repeat(60)}"`);
    expect(describeValue('x'.repeat(61))).to.equal(`"${'x'.repeat(60)}…"`);
  });

  it('writes other primitives as JavaScript does', () => {
    const values = [undefined, null, true, -1.5, NaN, 7n, Symbol('x')];
    expect(values.map(describeValue)).to.deep.equal(['undefined', 'null', 'true', '-1.5', 'NaN', '7', 'Symbol(x)']);
  });

  it('says what kind of object it is', () => {
    expect(describeValue(() => {})).to.equal('a function');
    expect(describeValue([1, 2])).to.equal('an array of 2');
    expect(describeValue(new Map())).to.equal('an object of type Map');
    expect(describeValue(Object.create(null))).to.equal('an object of type unknown');
  });

  it('throws for no object, however hostile', () => {
    const unreadable = 'an object that cannot be read';
    expect(describeValue(refusing)).to.equal(unreadable);
    expect(describeValue(revoked)).to.equal(unreadable);
    expect(describeValue({ constructor: { name: Symbol('x') } })).to.equal(unreadable);
    expect(describeValue({ constructor: { name: refusing } })).to.equal(unreadable);
  });
});
