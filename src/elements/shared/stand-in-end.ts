import { standIns } from './stand-in-begin.js';

for (const name of standIns) Reflect.deleteProperty(globalThis, name);
