import { expect } from '@open-wc/testing';
import { describeOnSoftwareGpu } from '../../../support/software-gpu.js';
import { disposeEngines, loadProgram, outcome, startProgram } from './webgpu-program-support.js';

describeOnSoftwareGpu('a damaged program for WebGPU', disposeEngines, () => {
  it('does not start with kernels that the device rejects', async () => {
    const { program } = await loadProgram('compact');
    const damages: [string, string][] = [
      ['@compute @workgroup_size', '@vertex @workgroup_size'],
      ['array<f32>', 'array<f64>'],
      ['workgroup_size_x: u32 = 64', 'workgroup_size_x: u32 = 640'],
      ['"entryPoint":"main"', '"entryPoint":"other"'],
      ['"overrides":{}', '"overrides":{"missing":1}'],
      ['"binding":4', '"binding":5'],
      ['@binding(0)', '@binding(9)'],
    ];
    for (const [good, bad] of damages) {
      expect(program, good).to.contain(good);
      const error = await outcome(startProgram('compact', { program: program.replace(good, bad) }));
      expect(error?.code, bad).to.equal('model');
    }
  });

  it('never hangs, and never fails without a code, on a damaged file', async () => {
    const { program } = await loadProgram('compact');
    for (let round = 0; round < 20; round++) {
      // Another letter or number could be a valid program, too: that is up to the self-test.
      const at = Math.floor(((round + 0.5) / 20) * program.length);
      const damaged = `${program.slice(0, at)}${'$#`"\\'[round % 5]}${program.slice(at + 1)}`;
      const started = startProgram('compact', { program: damaged });
      const error = await outcome(started.then((engine) => engine.run(new Float32Array(784), 1)));
      disposeEngines();
      expect(error?.code ?? 'model', damaged.slice(at - 20, at + 20)).to.equal('model');
    }
  });
});
