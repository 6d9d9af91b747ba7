import * as ort from 'onnxruntime-web/wasm';
import { serveOnnxRuntime } from './serve.js';

serveOnnxRuntime(ort);
