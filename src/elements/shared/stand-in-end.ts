// Everything of Lit that looks for a DOM, even for later modules: the stand-ins are about to be removed.
import 'lit/directive-helpers.js';
import { standIns } from './stand-in-begin.js';

for (const name of standIns) Reflect.deleteProperty(globalThis, name);
