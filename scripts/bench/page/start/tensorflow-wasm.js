import { startTensorFlow } from '../contestants/tensorflow.js';
import { predictFirst } from './first-prediction.js';

predictFirst(startTensorFlow);
