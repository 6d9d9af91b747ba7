import fc from 'fast-check';
import { commands, runCommands } from './store-sequences.js';

describe('RecognitionStore under random sequences', () => {
  it('never lies, loses nothing and does not get stuck, in ten thousand random sequences', async function () {
    this.timeout(180_000);
    await fc.assert(fc.asyncProperty(commands, runCommands), { numRuns: 10_000 });
  });
});
