import { InferenceService } from '../../../../src/index.js';
import { predictFirst } from './first-prediction.js';
import { modelName } from './model-name.js';

const service = new InferenceService({ model: modelName, backend: 'wasm' });
predictFirst(() => Promise.resolve((images, count) => service.infer(images, count)));
