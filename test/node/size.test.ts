import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findGrown } from '../../scripts/size/accepted.js';

const accepted = { script: 100_000, model: 50_000 };

test('any growth must be accepted', () => {
  assert.deepEqual(findGrown({ script: 100_000, model: 49_000 }, accepted), []);
  assert.deepEqual(findGrown({ script: 100_001, model: 50_000 }, accepted), [
    { name: 'script', size: 100_001, growth: 1 },
  ]);
});

test('what is new must be accepted', () => {
  assert.deepEqual(findGrown({ ...accepted, program: 10 }, accepted), [{ name: 'program', size: 10, growth: 10 }]);
});
