import * as ort from 'onnxruntime-web/webgpu';
import { serveOnnxRuntime } from './serve.js';

serveOnnxRuntime(ort);
