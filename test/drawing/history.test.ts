import { expect } from '@open-wc/testing';
import { record, redo, undo, type History } from '../../src/drawing/history.js';

const start: History<string> = { past: [], present: '', future: [] };
const history = ['a', 'ab', 'abc'].reduce(record<string>, start);

describe('history', () => {
  it('undoes changes one at a time, back to the beginning', () => {
    expect(undo(history).present).to.equal('ab');
    expect(undo(undo(undo(history))).present).to.equal('');
  });

  it('redoes undone changes, in order', () => {
    expect(redo(undo(history))).to.deep.equal(history);
    expect(redo(redo(undo(undo(history))))).to.deep.equal(history);
  });

  it('is unchanged when there is nothing to undo or redo', () => {
    expect(undo(start)).to.equal(start);
    expect(redo(history)).to.equal(history);
  });

  it('cannot redo after a new change', () => {
    const changed = record(undo(history), 'abx');
    expect(changed.future).to.be.empty;
    expect(undo(changed).present).to.equal('ab');
  });
});
