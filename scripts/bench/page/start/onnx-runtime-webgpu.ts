import * as ort from 'onnxruntime-web/webgpu';
import { startOnnxRuntime } from '../contestants/onnx-runtime.js';
import { predictFirst } from './report-start.js';

predictFirst(() => startOnnxRuntime(ort, 'webgpu'));
