import { InferenceService } from '../../../../src/index.js';
import { modelName } from '../load.js';
import { predictFirst } from './report-start.js';

const service = new InferenceService({ model: modelName, backend: 'wasm' });
predictFirst(() => Promise.resolve((images, count) => service.infer(images, count)));
