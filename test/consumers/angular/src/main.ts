import { bootstrapApplication } from '@angular/platform-browser';
import 'digit-recognizer/cdn';
import { App } from './app';

bootstrapApplication(App).catch((error: unknown) => console.error(error));
