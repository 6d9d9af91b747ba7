import { expect } from '@open-wc/testing';
import { InferenceError, toInferenceError } from '../../src/inference/inference-error.js';

describe('toInferenceError', () => {
  it('converts an error from another copy of the module to this class, with the same code, message and URL', () => {
    const url = 'https://example.com/model.onnx';
    const foreign = Object.assign(new Error('It was cut.'), { name: 'InferenceError', code: 'network', url });
    const error = toInferenceError(foreign, 'model');
    expect(error).to.be.instanceOf(InferenceError);
    expect(error).to.include({ code: 'network', message: 'It was cut.', url, cause: foreign });
  });

  it('returns its own unchanged, and gives the code to everything else', () => {
    const own = new InferenceError('timeout', 'It took too long.');
    expect(toInferenceError(own, 'model')).to.equal(own);
    expect(toInferenceError(7, 'worker')).to.include({ code: 'worker', message: 'ONNX Runtime threw C++ exception 7' });
  });
});
