import { startTensorFlow } from '../contestants/tensorflow.js';
import { predictFirst } from './report-start.js';

predictFirst(startTensorFlow);
