/** A kernel that does nothing but multiply and add, as fast as SIMD allows. */
import binaryen from 'binaryen';

/** Independent sums: more than the cycles of a multiplication and an addition, so that they overlap. */
const sums = 12;
const lanes = 4;
/** The loop is unrolled this many times, so that its overhead hardly counts. */
const repetitions = 4;

/** Multiply-adds of float32 per iteration of the kernel's loop. */
export const operationsPerLoop = sums * lanes * repetitions;

/** A WebAssembly module; `run(loops)` returns a sum, so that nothing can be optimized away. */
export function createMultiplyAddKernel(): Uint8Array {
  const names = Array.from({ length: sums }, (_, index) => `$sum${index}`);
  const step = names.map(
    (name) =>
      `(local.set ${name} (f32x4.add (f32x4.mul (local.get ${name}) (local.get $factor)) (local.get $summand)))`,
  );
  const total = names.map((name) => `(local.get ${name})`).reduce((left, right) => `(f32x4.add ${left} ${right})`);
  const module = binaryen.parseText(`(module (func (export "run") (param $loops i32) (result f32)
    ${names.map((name) => `(local ${name} v128)`).join(' ')} (local $factor v128) (local $summand v128)
    (local.set $factor (f32x4.splat (f32.const 0.5)))
    (local.set $summand (f32x4.splat (f32.const 1)))
    (loop $again
      ${Array.from({ length: repetitions }, () => step.join('\n')).join('\n')}
      (br_if $again (local.tee $loops (i32.sub (local.get $loops) (i32.const 1)))))
    (f32x4.extract_lane 0 ${total})))`);
  module.setFeatures(binaryen.Features.SIMD128);
  try {
    if (!module.validate()) throw new Error('The kernel is not valid WebAssembly.');
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
