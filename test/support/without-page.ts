/**
 * Tests that need no page. `npm test` runs them in Node, in a single process, since each page costs a second; `npm run
 * test:file`, `npm run test:browsers` and coverage run them in browsers like any other.
 */
export const withoutPage = [
  'test/drawing/{frame-for,history,ink-store,move-cursor,picture-options,replay-times,strokes,touched-strokes,without-tremor}.test.ts',
  'test/elements/digit-predictions/{announcement,rows}.test.ts',
  'test/elements/digit-recognizer/{form-state,ink-validity}.test.ts',
  'test/elements/shared/failure-text.test.ts',
  'test/imaging/{drop-clutter,drop-rings,normalization-steps,normalize-pixels,normalize-strokes,pictures}.test.ts',
  'test/imaging/{remove-ruling,segment-pixels,segment-strokes,sheets,uneven-light}.test.ts',
  'test/inference/{inference-error,load-progress,request-queue,supervision-policy}.test.ts',
  'test/inference/files/{crc32,fetched-file}.test.ts',
  'test/learning/writer-profile.test.ts',
  'test/messages/{languages,match-language}.test.ts',
  'test/recognition/{augmentation,best-runs,decode,energy-thresholds,round-shares,steady-order}.test.ts',
  'test/utils/{describe-value,import-once,read-options}.test.ts',
];
