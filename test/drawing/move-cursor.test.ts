import { expect } from '@open-wc/testing';
import { moveCursor } from '../../src/drawing/index.js';

const frame = { width: 300, height: 100 };

describe('moveCursor', () => {
  it('moves equally far in all directions: a twentieth of the shorter side, or a hundredth in small steps', () => {
    const middle = { x: 150, y: 50 };
    expect(moveCursor(middle, 'ArrowRight', false, frame)).to.deep.equal({ x: 155, y: 50 });
    expect(moveCursor(middle, 'ArrowLeft', true, frame)).to.deep.equal({ x: 149, y: 50 });
    expect(moveCursor(middle, 'ArrowUp', false, frame)).to.deep.equal({ x: 150, y: 45 });
    expect(moveCursor(middle, 'ArrowDown', true, frame)).to.deep.equal({ x: 150, y: 51 });
  });

  it('stays on the frame', () => {
    expect(moveCursor({ x: 299, y: 0 }, 'ArrowRight', false, frame)).to.deep.equal({ x: 300, y: 0 });
    expect(moveCursor({ x: 0, y: 0 }, 'ArrowUp', false, frame)).to.deep.equal({ x: 0, y: 0 });
  });

  it('ignores other keys', () => {
    expect(moveCursor({ x: 0, y: 0 }, 'a', false, frame)).to.equal(null);
    expect(moveCursor({ x: 0, y: 0 }, 'toString', false, frame)).to.equal(null);
  });
});
