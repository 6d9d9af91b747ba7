import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readStrokeFile } from '../../models/training/data/stroke-file.js';
import { parseUnipen } from '../../models/training/data/unipen.js';

/** In the layout of UCI's file: a header, a digit of one stroke, one of two. Written for this test. */
const text = ` .INCLUDE dene.doc

.LEXICON "0" "1" "2" "3" "4" "5" "6" "7" "8" "9"
.HIERARCHY DIGIT

.SEGMENT DIGIT 0 ? "1"
.COMMENT 1 12 224
.PEN_DOWN
 250  400
 252  100
.PEN_UP
.DT 100

.SEGMENT DIGIT 1-2 ? "7"
.COMMENT 7 3 9
.PEN_DOWN
 100  400
 300  400
 200   50
.PEN_UP
.DT 100
.PEN_DOWN
 150  200
 250  200
.PEN_UP
.DT 100
`;

function withFile(name: string, content: string | Uint8Array, use: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'unipen-'));
  try {
    writeFileSync(join(folder, name), content);
    use(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("reads UCI's digits stroke by stroke, with y pointing down", () => {
  assert.deepEqual(parseUnipen(text), [
    {
      label: '1',
      writer: '12',
      strokes: [
        [
          { x: 250, y: 100 },
          { x: 252, y: 400 },
        ],
      ],
    },
    {
      label: '7',
      writer: '3',
      strokes: [
        [
          { x: 100, y: 100 },
          { x: 300, y: 100 },
          { x: 200, y: 450 },
        ],
        [
          { x: 150, y: 300 },
          { x: 250, y: 300 },
        ],
      ],
    },
  ]);
});

test('reads files with carriage returns, and segments without stroke numbers', () => {
  const unnumbered = text.replace('DIGIT 1-2', 'DIGIT ?').replaceAll('\n', '\r\n');
  assert.deepEqual(parseUnipen(unnumbered), parseUnipen(text));
});

test('names the line of an error', () => {
  for (const [from, to, message] of [
    ['.COMMENT 7 3 9\n', '', /line 14: .* no \.COMMENT that names its writer/],
    ['.COMMENT 7 3 9', '.COMMENT 4 3 9', /line 15: \.COMMENT does not give/],
    ['DIGIT 1-2', 'DIGIT 1-3', /line 14: .* 2 strokes, not the 3/],
    [' 250  400', ' 250  high', /line 9: "250 {2}high" is not a point/],
    ['.PEN_DOWN\n 250', ' 250', /line 8: a point while the pen is up/],
    ['? "1"', '? 1', /line 6: \.SEGMENT does not name a digit/],
    [' 250  400\n 252  100\n', '', /line 6: .* no strokes, or one without points/],
  ] as const) {
    const broken = text.replace(from, to);
    assert.notEqual(broken, text);
    assert.throws(() => parseUnipen(broken), message);
  }
});

test('accepts UNIPEN files in place of stroke files, with writers distinguished by file extension', () => {
  const expected = [
    { digit: 1, writer: 'tra-12' },
    { digit: 7, writer: 'tra-3' },
  ];
  const summary = (path: string) => readStrokeFile(path).map(({ digit, writer }) => ({ digit, writer }));
  withFile('pendigits-orig.tra', text, (path) => assert.deepEqual(summary(path), expected));
  withFile('pendigits-orig.tra.gz', gzipSync(text), (path) => assert.deepEqual(summary(path), expected));
  withFile('pendigits-orig.tra', text.replace('? "1"', '? "A"').replace('COMMENT 1', 'COMMENT A'), (path) =>
    assert.throws(
      () => readStrokeFile(path),
      /pendigits-orig\.tra\. It is not a UNIPEN file of digits: the label is "A"/,
    ),
  );
});

test('still reads JSON lines', () => {
  const line = '{"label":"4","writer":"a","strokes":[[[1,2],[3,4]]]}\n';
  withFile('digits.jsonl', line, (path) => {
    const [record] = readStrokeFile(path);
    assert.deepEqual([record.digit, record.writer, record.strokes[0][1]], [4, 'a', { x: 3, y: 4 }]);
  });
  for (const bad of [
    '{',
    'null',
    '{"label":"x","writer":"a","strokes":[[[1,2]]]}',
    '{"label":"1","strokes":[[[1,2]]]}',
    '{"label":"1","writer":"a"}',
    '{"label":"1","writer":"a","strokes":[]}',
    '{"label":"1","writer":"a","strokes":[[]]}',
    '{"label":"1","writer":"a","strokes":[[["a",1],[2]]]}',
  ]) {
    withFile('digits.jsonl', `${line}${bad}\n`, (path) =>
      assert.throws(() => readStrokeFile(path), /Cannot read .*digits\.jsonl\. Line 2 is not a drawn digit/, bad),
    );
  }
});
