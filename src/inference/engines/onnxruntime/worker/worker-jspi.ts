import * as ort from 'onnxruntime-web/jspi';
import { serveOnnxRuntime } from './serve.js';

serveOnnxRuntime(ort);
