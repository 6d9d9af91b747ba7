import { connect } from './connect.js';

connect(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }));
