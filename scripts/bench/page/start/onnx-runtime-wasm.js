import * as ort from 'onnxruntime-web/wasm';
import { startOnnxRuntime } from '../contestants/onnx-runtime.js';
import { predictFirst } from './first-prediction.js';

predictFirst(() => startOnnxRuntime(ort, 'wasm'));
