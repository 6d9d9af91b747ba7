// All of Lit that looks for a DOM, also in modules that come later: what it finds is about to be taken away.
import 'lit/directive-helpers.js';
import { standIns } from './stand-in-begin.js';

for (const name of standIns) Reflect.deleteProperty(globalThis, name);
